import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../core/json.ts';
import { ask, askInVain, testSettings } from './testing/ask-endpoint.ts';
import { json, pieces, startStandIn } from './testing/stand-in-server.ts';

const SSE = 'text/event-stream';
const chat = (choice: JsonObject): JsonObject => ({ choices: [choice] });
const content = (text: string, finish_reason: string) =>
  chat({ message: { content: text }, finish_reason });

describe('an answer that is none', () => {
  it.each([
    ['openai', 'OpenRouter, Mistral and vLLM', content('half', 'error')],
    ['openai', 'vLLM and SGLang', content('half', 'abort')],
    ['openai', 'DeepSeek', content('half', 'insufficient_system_resource')],
    ['openai', 'Z.ai', content('half', 'network_error')],
    [
      'gemini',
      'Gemini',
      {
        candidates: [
          { content: { parts: [{ text: 'half' }] }, finishReason: 'MALFORMED_RESPONSE' },
        ],
      },
    ],
  ])('is told for %s when %s broke off', async (provider, _, body) => {
    await using server = await startStandIn(json(body));
    const settings = testSettings(provider, server.url);
    const error = await askInVain(settings);
    expect([error.code, error.retryable, error.partialText]).toEqual([
      'error_in_response',
      true,
      'half',
    ]);
    server.reply = pieces([`data: ${JSON.stringify(body)}\n\n`], SSE);
    const streamed = await askInVain(settings, { onDelta: () => {} });
    expect([streamed.code, streamed.partialText]).toEqual(['error_in_response', 'half']);
  });

  it('is told when Ollama is not done', async () => {
    await using server = await startStandIn(json({ message: { content: 'half' }, done: false }));
    expect((await askInVain(testSettings('ollama', server.url))).code).toBe('error_in_response');
  });

  it.each([
    ['openai', content('', 'sensitive')],
    ['anthropic', { content: [], stop_reason: 'refusal' }],
    ['gemini', { candidates: [{ finishReason: 'IMAGE_PROHIBITED_CONTENT' }] }],
    [
      'openai-responses',
      { status: 'incomplete', incomplete_details: { reason: 'content_filter' } },
    ],
  ])('is told for %s when a filter left nothing', async (provider, body) => {
    await using server = await startStandIn(json(body));
    expect((await askInVain(testSettings(provider, server.url))).code).toBe('content_filtered');
  });
});

describe('an answer without text', () => {
  const event = (data: JsonObject) => `data: ${JSON.stringify(data)}\n\n`;

  it.each([
    [
      'tool calls',
      chat({ message: { content: null, tool_calls: [{}] }, finish_reason: 'tool_calls' }),
    ],
    ['reasoning', chat({ message: { reasoning_content: 'hm' }, finish_reason: 'length' })],
  ])('is one where there are %s', async (_, body) => {
    await using server = await startStandIn(json(body));
    expect((await ask(testSettings('openai', server.url))).texts).toEqual(['']);
  });

  it('is one where Claude ended its turn, in a stream, too', async () => {
    await using server = await startStandIn(json({ content: [], stop_reason: 'end_turn' }));
    const settings = testSettings('anthropic', server.url);
    const answer = await ask(settings);
    expect([answer.texts, answer.finishReason]).toEqual([[''], 'stop']);
    const list = [
      event({ type: 'message_start', message: { content: [], stop_reason: null } }),
      event({ type: 'message_delta', delta: { stop_reason: 'end_turn' } }),
    ];
    server.reply = pieces(list, SSE);
    expect((await ask(settings, { onDelta: () => {} })).texts).toEqual(['']);
  });

  it('is one where the token limit was reached before the first word', async () => {
    const details = { reason: 'max_output_tokens' };
    await using server = await startStandIn(
      json({ status: 'incomplete', incomplete_details: details, output: [] }),
    );
    const answer = await ask(testSettings('openai-responses', server.url));
    expect([answer.texts, answer.finishReason]).toEqual([[''], 'length']);
  });

  it('is one where Ollama gives a message without content', async () => {
    await using server = await startStandIn(json({ message: { thinking: 'hm' }, done: true }));
    expect((await ask(testSettings('ollama', server.url))).texts).toEqual(['']);
  });
});

describe('the text of an answer', () => {
  const part = (type: string, text: JsonObject[string]) => ({ type, text });

  it.each([
    ['a piece of a stream', { delta: { content: '4' } }],
    ['a completion', { text: '4' }],
    [
      'parts beside reasoning',
      { message: { content: [part('thinking', 'hm'), part('text', '4')] } },
    ],
    ['parts of another name', { message: { content: [part('output_text', '4')] } }],
    ['a refusal beside an empty content', { message: { content: '', refusal: '4' } }],
  ])('is found in %s', async (_, choice) => {
    await using server = await startStandIn(json(chat({ ...choice, finish_reason: 'stop' })));
    expect((await ask(testSettings('openai-compatible', server.url))).texts).toEqual(['4']);
  });

  it('that Gemini 4 left at its own limit for one request counts as cut', async () => {
    const body = {
      candidates: [{ content: { parts: [{ text: '4' }] }, finishReason: 'CONTINUATION' }],
    };
    await using server = await startStandIn(json(body));
    expect((await ask(testSettings('gemini', server.url))).finishReason).toBe('length');
  });

  it('needs no usage and no finish reason', async () => {
    await using server = await startStandIn(json(chat({ message: { content: '4' } })));
    const answer = await ask(testSettings('openai-compatible', server.url));
    expect([answer.texts, answer.finishReason, answer.usage.input]).toEqual([['4'], null, null]);
  });
});
