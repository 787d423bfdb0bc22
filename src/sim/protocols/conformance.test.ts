import { createAnthropic } from '@ai-sdk/anthropic';
import { createAzure } from '@ai-sdk/azure';
import { createGoogle } from '@ai-sdk/google';
import { createMistral } from '@ai-sdk/mistral';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import type { LanguageModelV4, LanguageModelV4CallOptions } from '@ai-sdk/provider';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Sim, startSim } from '../start-sim.ts';

const KEY = 'sk-conformance';
const PROMPT = 'one two three four';
const ANSWER = `echo: ${PROMPT}`;

let sim: Sim;
beforeAll(async () => {
  sim = await startSim({ answer: 'echo', apiKeys: [KEY], models: [{ name: 'known' }] });
});
afterAll(() => sim.close());

/** How the real client of each vendor is made for a key. */
const CLIENTS: Record<string, (apiKey: string, model: string) => LanguageModelV4> = {
  'openai chat': (apiKey, model) =>
    createOpenAI({ apiKey, baseURL: sim.baseUrl('openai-chat') }).chat(model),
  'openai completion': (apiKey, model) =>
    createOpenAI({ apiKey, baseURL: sim.baseUrl('openai-completion') }).completion(model),
  'openai responses': (apiKey, model) =>
    createOpenAI({ apiKey, baseURL: sim.baseUrl('openai-responses') }).responses(model),
  'azure chat': (apiKey, model) =>
    createAzure({ apiKey, baseURL: `${sim.baseUrl('azure-openai')}/v1` }).chat(model),
  'azure deployment': (apiKey, model) =>
    createAzure({
      apiKey,
      baseURL: sim.baseUrl('azure-openai'),
      useDeploymentBasedUrls: true,
      apiVersion: '2024-10-21',
    }).chat(model),
  'openai-compatible': (apiKey, model) =>
    createOpenAICompatible({
      name: 'sim',
      apiKey,
      baseURL: sim.baseUrl('openai-chat'),
      includeUsage: true,
    }).chatModel(model),
  anthropic: (apiKey, model) =>
    createAnthropic({ apiKey, baseURL: sim.baseUrl('anthropic') })(model),
  gemini: (apiKey, model) => createGoogle({ apiKey, baseURL: sim.baseUrl('gemini') })(model),
};

function asking(text: string): LanguageModelV4CallOptions {
  return {
    prompt: [{ role: 'user', content: [{ type: 'text', text }] }],
    maxOutputTokens: 64,
  };
}

async function collect<Part>(stream: ReadableStream<Part>): Promise<Part[]> {
  const parts: Part[] = [];
  for await (const part of stream) parts.push(part);
  return parts;
}

describe.each(Object.entries(CLIENTS))('the client of %s', (name, makeClient) => {
  // The completion client wraps the prompt into a transcript of its own.
  const answer = name === 'openai completion' ? expect.stringContaining(PROMPT) : ANSWER;

  test('reads a whole answer with its usage, finish reason and model', async () => {
    const { content, usage, finishReason, response } = await makeClient(KEY, 'known').doGenerate(
      asking(PROMPT),
    );
    expect(content).toMatchObject([{ type: 'text', text: answer }]);
    expect(finishReason.unified).toBe('stop');
    expect(usage.inputTokens.total).toBeGreaterThan(0);
    expect(usage.outputTokens.total).toBeGreaterThan(0);
    if (name !== 'gemini' && name !== 'anthropic') expect(response?.modelId).toBe('known');
  });

  test('reads a stream in several pieces, with its usage at the end', async () => {
    const { stream } = await makeClient(KEY, 'known').doStream(asking(PROMPT));
    const parts = await collect(stream);
    expect(parts.filter((part) => part.type === 'error')).toEqual([]);
    const deltas = parts.filter((part) => part.type === 'text-delta');
    expect(deltas.length).toBeGreaterThan(3);
    expect(deltas.map(({ delta }) => delta).join('')).toEqual(answer);
    const finish = parts.find((part) => part.type === 'finish');
    expect(finish?.finishReason.unified).toBe('stop');
    expect(finish?.usage.outputTokens.total).toBeGreaterThan(0);
  });

  test('is told when the answer was cut at its limit', async () => {
    const options = { ...asking(`${PROMPT} `.repeat(20).trim()), maxOutputTokens: 16 };
    const { finishReason } = await makeClient(KEY, 'known').doGenerate(options);
    expect(finishReason.unified).toBe('length');
  });

  test('is refused with a wrong key', async () => {
    const status = name === 'gemini' ? 400 : 401;
    await expect(makeClient('sk-other', 'known').doGenerate(asking(PROMPT))).rejects.toMatchObject({
      statusCode: status,
      message: expect.stringMatching(/api key/i),
    });
  });

  test('is told that a model does not exist', async () => {
    await expect(makeClient(KEY, 'unknown').doGenerate(asking(PROMPT))).rejects.toMatchObject({
      statusCode: 404,
      message: expect.stringContaining("'unknown' does not exist"),
    });
  });
});

test('the client of mistral, whose answers look like those of openai, reads whole answers and streams', async () => {
  const model = createMistral({ apiKey: KEY, baseURL: sim.baseUrl('openai-chat') }).chat('known');
  expect((await model.doGenerate(asking(PROMPT))).content).toEqual([
    { type: 'text', text: ANSWER },
  ]);
  const parts = await collect((await model.doStream(asking(PROMPT))).stream);
  const deltas = parts.filter((part) => part.type === 'text-delta');
  expect(deltas.map(({ delta }) => delta).join('')).toBe(ANSWER);
});
