import { createAzure } from '@ai-sdk/azure';
import { createGoogle } from '@ai-sdk/google';
import { createMistral } from '@ai-sdk/mistral';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import type { EmbeddingModelV4 } from '@ai-sdk/provider';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { postJson } from '../../../test/support/post-json.ts';
import { textVector } from '../embeddings/text-vector.ts';
import { type Sim, startSim } from '../start-sim.ts';

const KEY = 'sk-embeddings';
const TEXTS = ['The cat sat on the mat.', 'Rates went up today.'];

let sim: Sim;
beforeAll(async () => {
  sim = await startSim({ apiKeys: [KEY] });
});
afterAll(() => sim.close());

const CLIENTS: Record<string, () => EmbeddingModelV4> = {
  openai: () =>
    createOpenAI({ apiKey: KEY, baseURL: sim.baseUrl('openai-embeddings') }).embedding('m'),
  azure: () =>
    createAzure({ apiKey: KEY, baseURL: `${sim.baseUrl('azure-openai')}/v1` }).embedding('m'),
  mistral: () =>
    createMistral({ apiKey: KEY, baseURL: sim.baseUrl('openai-embeddings') }).embedding('m'),
  'openai-compatible': () =>
    createOpenAICompatible({
      name: 'sim',
      apiKey: KEY,
      baseURL: sim.baseUrl('openai-embeddings'),
    }).embeddingModel('m'),
  gemini: () =>
    createGoogle({ apiKey: KEY, baseURL: sim.baseUrl('gemini-embeddings') }).embedding('m'),
};

describe.each(Object.entries(CLIENTS))('the client of %s', (name, makeClient) => {
  test('reads a vector for each text, with its usage', async () => {
    const { embeddings, usage } = await makeClient().doEmbed({ values: TEXTS });
    expect(embeddings).toEqual(TEXTS.map((text) => textVector(text)));
    if (name !== 'gemini') expect(usage?.tokens).toBe(11);
  });

  test('reads a single one', async () => {
    const { embeddings } = await makeClient().doEmbed({ values: TEXTS.slice(0, 1) });
    expect(embeddings).toEqual([textVector(TEXTS[0] ?? '')]);
  });
});

const headers = { authorization: `Bearer ${KEY}`, 'x-goog-api-key': KEY };
const post = (path: string, body: object) => postJson(sim.url + path, body, headers);

test('vectors have as many dimensions as are asked for', async () => {
  const body = { model: 'm', input: TEXTS, dimensions: 8 };
  for (const path of ['/v1/embeddings', '/api/embed']) {
    const { json } = await post(path, body);
    const vectors =
      json.embeddings ?? json.data.map((one: { embedding: number[] }) => one.embedding);
    expect(vectors).toEqual(TEXTS.map((text) => textVector(text, 8)));
  }
  const requests = [
    { model: 'models/m', content: { parts: [{ text: 'x' }] }, outputDimensionality: 8 },
  ];
  const { json } = await post('/v1beta/models/m:batchEmbedContents', { requests });
  expect(json.embeddings).toEqual([{ values: textVector('x', 8) }]);
});

test('vectors are packed where base64 is asked for', async () => {
  const body = { model: 'm', input: 'x', encoding_format: 'base64' };
  const { json } = await post('/v1/embeddings', body);
  const bytes = Buffer.from(json.data[0].embedding, 'base64');
  const vector = Array.from({ length: bytes.length / 4 }, (_, at) => bytes.readFloatLE(at * 4));
  expect(vector).toHaveLength(256);
  for (const [at, value] of textVector('x').entries()) expect(vector[at]).toBeCloseTo(value, 6);
});

test.each([
  ['/v1/embeddings', { model: 'm' }, 'input'],
  ['/v1/embeddings', { model: 'm', input: [] }, '1 to 2048'],
  ['/v1/embeddings', { model: 'm', input: ['a', ''] }, 'no empty text'],
  ['/v1/embeddings', { model: 'm', input: Array(2049).fill('a') }, '1 to 2048'],
  [
    '/v1beta/models/m:batchEmbedContents',
    { requests: Array(101).fill({ content: { parts: [{ text: 'a' }] } }) },
    'at most 100',
  ],
])('%s refuses what its vendor refuses', async (path, body, words) => {
  const { status, text } = await post(path, body);
  expect([status, text]).toEqual([400, expect.stringContaining(words)]);
});
