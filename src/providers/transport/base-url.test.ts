import { describe, expect, it } from 'vitest';
import { loadProvider } from '../load-provider.ts';
import { addressOfHost } from '../ollama/host-variable.ts';
import { readAddress } from './base-url.ts';

describe('base URLs', () => {
  it.each([
    ['openai', 'https://api.openai.com', 'https://api.openai.com/v1'],
    ['openai', 'https://api.openai.com/v1/', 'https://api.openai.com/v1'],
    ['openai', 'http://localhost:8000/v1/chat/completions', 'http://localhost:8000/v1'],
    ['openai', 'https://gate.example/openai', 'https://gate.example/openai'],
    ['openai', 'https://gate.example', 'https://gate.example/v1'],
    ['anthropic', 'https://gate.example/anthropic', 'https://gate.example/anthropic/v1'],
    ['gemini', 'https://g.example/x/models/m:streamGenerateContent', 'https://g.example/x'],
    [
      'openai-compatible',
      'https://models.github.ai/inference',
      'https://models.github.ai/inference',
    ],
    ['openai', 'https://gate.example/llm/chat/completions/', 'https://gate.example/llm'],
    ['openai', 'https://api.openai.com/chat/completions', 'https://api.openai.com/v1'],
    ['openai-responses', 'https://gate.example/llm/responses', 'https://gate.example/llm'],
    ['openai-compatible', 'https://gate.example/a/qwen/completions', 'https://gate.example/a/qwen'],
    ['anthropic', 'https://gate.example/claude/messages', 'https://gate.example/claude'],
    ['deepseek', 'https://api.deepseek.com/beta', 'https://api.deepseek.com/beta'],
    ['anthropic', 'https://api.anthropic.com', 'https://api.anthropic.com/v1'],
    [
      'gemini',
      'https://generativelanguage.googleapis.com/',
      'https://generativelanguage.googleapis.com/v1beta',
    ],
    ['groq', 'https://api.groq.com', 'https://api.groq.com/openai/v1'],
    ['groq', 'https://api.groq.com/openai', 'https://api.groq.com/openai/v1'],
    ['groq', 'http://localhost:9000', 'http://localhost:9000/v1'],
    ['perplexity', 'https://api.perplexity.ai', 'https://api.perplexity.ai'],
    ['deepinfra', 'https://api.deepinfra.com/v1/openai', 'https://api.deepinfra.com/v1/openai'],
    ['zai', 'https://api.z.ai/api/paas/v4', 'https://api.z.ai/api/paas/v4'],
    ['huggingface-tgi', 'http://tgi:8080', 'http://tgi:8080/v1'],
    ['ollama', 'http://localhost:11434/api', 'http://localhost:11434'],
    ['ollama', 'http://localhost:11434/v1/', 'http://localhost:11434'],
    ['azure-openai', 'https://r.openai.azure.com', 'https://r.openai.azure.com/openai'],
    [
      'azure-openai',
      'https://r.openai.azure.com/openai/v1/',
      'https://r.openai.azure.com/openai/v1',
    ],
    [
      'azure-openai',
      'https://r.openai.azure.com/openai/deployments/d/chat/completions?api-version=1',
      'https://r.openai.azure.com/openai',
    ],
  ])('completes for %s the address %s', async (name, given, expected) => {
    const provider = await loadProvider(name);
    expect(provider.baseUrl(readAddress(given, name))).toBe(expected);
  });

  it.each([
    ['', 'http://127.0.0.1:11434'],
    ['0.0.0.0:1234', 'http://127.0.0.1:1234'],
    [':1234', 'http://127.0.0.1:1234'],
    ['box/api', 'http://box:11434/api'],
    ['"box:1"', 'http://box:1'],
    ['::1', 'http://[::1]:11434'],
    ['[::1]:1', 'http://[::1]:1'],
    ['ollama.com', 'https://ollama.com'],
    ['https://box', 'https://box'],
  ])('reads the host variable "%s"', (given, expected) => {
    expect(addressOfHost(given)).toBe(expected);
  });

  it.each(['localhost:8000', 'ftp://x', ''])('refuses "%s"', (given) => {
    expect(() => readAddress(given, 'mine')).toThrow(
      expect.objectContaining({ code: 'bad_settings' }),
    );
  });
});
