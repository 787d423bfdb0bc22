import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import type { CallError } from '../../src/core/call-error.ts';
import type { JsonObject } from '../../src/core/json.ts';
import type { GenerateRequest } from '../../src/core/model.ts';
import { systemClock } from '../../src/core/system-clock.ts';
import { openEndpoint } from '../../src/providers/index.ts';
import { parseFaults, type SimOptions } from '../../src/sim/index.ts';
import { startedSim } from '../support/started-sim.ts';

const SCHEMA: JsonObject = {
  type: 'object',
  properties: {
    question: { type: 'string' },
    score: { type: 'integer', minimum: 0 },
    note: { type: ['string', 'null'] },
  },
  required: ['question', 'score', 'note'],
  additionalProperties: false,
};
const OPEN: JsonObject = {
  type: 'object',
  properties: { counts: { type: 'object', additionalProperties: { type: 'integer' } } },
  required: ['counts'],
};
const ajv = new Ajv2020();
const fits = (schema: JsonObject, text: string) => ajv.validate(schema, JSON.parse(text));

/** Every protocol of the simulated endpoints, by the provider that speaks it. */
const PROTOCOLS = {
  openai: 'openai-chat',
  'azure-openai': 'azure-openai',
  'openai-responses': 'openai-responses',
  anthropic: 'anthropic',
  gemini: 'gemini',
  mistral: 'openai-chat',
  ollama: 'ollama',
  'openai-compatible': 'openai-chat',
} as const;
type ProviderName = keyof typeof PROTOCOLS;
const ALL = Object.keys(PROTOCOLS) as ProviderName[];

async function openModel(provider: ProviderName, options: SimOptions = {}, modelId = 'm') {
  const sim = await startedSim({ log: false, answer: 'rehearsal', ...options });
  const endpoint = openEndpoint(
    {
      name: provider,
      provider,
      baseUrl: sim.baseUrl(PROTOCOLS[provider]),
      apiKey: 'sk-structured-output-1234',
      headers: {},
      connections: 8,
      proxy: {},
      price: null,
      secrets: [],
    },
    systemClock,
  );
  const model = await endpoint.model(modelId, `${provider}/${modelId}`);
  const { signal } = new AbortController();
  return {
    model,
    ask: (request: Partial<GenerateRequest>, onDelta?: () => void) =>
      model.generate(
        {
          messages: [{ role: 'user', content: 'Write a question.' }],
          parameters: {},
          choices: 1,
          ...request,
        },
        onDelta ? { signal, onDelta } : { signal },
      ),
    [Symbol.asyncDispose]: () => endpoint.close(),
  };
}

const rows = { schema: { name: 'rows', schema: SCHEMA } };

describe.each(ALL)('an answer of %s that follows a schema', (provider) => {
  it('follows it, whole and streamed', async () => {
    await using lane = await openModel(provider);
    for (const onDelta of [undefined, () => {}]) {
      const { texts, details } = await lane.ask(rows, onDelta);
      expect(fits(SCHEMA, texts[0]!)).toBe(true);
      expect(details).toMatchObject({ structured: 'json_schema' });
    }
  });

  it('follows also one that the server cannot be held to', async () => {
    await using lane = await openModel(provider);
    const { texts } = await lane.ask({ schema: { name: 'counts', schema: OPEN } });
    expect(fits(OPEN, texts[0]!)).toBe(true);
  });

  it('follows it where the server refuses schemas, and where it refuses JSON, too', async () => {
    const levels: (string | undefined)[] = [];
    for (const fault of ['no-json-schema', 'no-json-object']) {
      await using lane = await openModel(provider, { faults: parseFaults(fault) });
      const answers = await Promise.all([1, 2, 3, 4, 5].map(() => lane.ask(rows)));
      for (const { texts } of answers) expect(fits(SCHEMA, texts[0]!)).toBe(true);
      levels.push(lane.model.learned?.()?.structured);
      const { details } = await lane.ask(rows);
      expect(details).toMatchObject({ structured: levels.at(-1) });
      expect(details?.notes).toBeUndefined();
    }
    // Anthropic has no level between the two.
    expect(levels).toEqual([provider === 'anthropic' ? 'prompt' : 'json_object', 'prompt']);
  });
});

it("the older models of Anthropic's take a schema as a tool", async () => {
  await using lane = await openModel('anthropic', {}, 'claude-3-opus-latest');
  for (const onDelta of [undefined, () => {}]) {
    const { texts, finishReason } = await lane.ask(rows, onDelta);
    expect([fits(SCHEMA, texts[0]!), finishReason]).toEqual([true, 'tool_calls']);
  }
});

it.each<[ProviderName, string]>([
  ['openai', ''],
  ['openai', ':openai-2'],
  ['openai', ':openai-3'],
  ['azure-openai', ''],
  ['anthropic', ''],
  ['anthropic', ':anthropic-2'],
  ['gemini', ''],
  ['mistral', ':mistral'],
  ['ollama', ':llama.cpp'],
  ...['vllm', 'vllm-2', 'sglang', 'sglang-2', 'tgi', 'together', 'llama.cpp', 'llama.cpp-2'].map(
    (name): [ProviderName, string] => ['openai-compatible', `:${name}`],
  ),
  ...['lm-studio', 'openrouter', 'litellm', 'deepseek', 'fireworks', 'kimi'].map(
    (name): [ProviderName, string] => ['openai-compatible', `:${name}`],
  ),
])('a prompt that is too long for %s%s is told with both numbers', async (provider, name) => {
  await using lane = await openModel(provider, { faults: parseFaults(`context-length=20${name}`) });
  const content = 'many words '.repeat(100);
  const messages = [{ role: 'user', content }];
  const parameters = provider === 'ollama' ? {} : { max_tokens: 5 };
  const error: CallError = await lane.ask({ messages, parameters }).then(
    () => expect.fail('it was answered'),
    (reason) => reason,
  );
  expect(error.code).toBe('context_too_long');
  expect(error.context?.limit).toBe(20);
  expect(error.context?.given).toBeGreaterThan(100);
});

describe.each<
  [ProviderName, 'openai-embeddings' | 'gemini-embeddings' | 'ollama-embeddings' | 'azure-openai']
>([
  ['openai', 'openai-embeddings'],
  ['openai-compatible', 'openai-embeddings'],
  ['mistral', 'openai-embeddings'],
  ['azure-openai', 'azure-openai'],
  ['gemini', 'gemini-embeddings'],
  ['ollama', 'ollama-embeddings'],
])('embeddings of %s', (provider) => {
  it('are a list of numbers for each text, the nearer the more alike', async () => {
    await using lane = await openModel(provider);
    const all = ['The cat sat on the mat.', 'The cat sat on a mat.', 'Rates went up today.'];
    const messages = all.map((content) => ({ role: 'user', content }));
    const { texts, usage } = await lane.ask({ mode: 'embedding', messages });
    const [cat, mat, rates] = texts.map((text) => JSON.parse(text) as number[]);
    const product = (left: number[], right: number[]) =>
      left.reduce((sum, one, index) => sum + one * right[index]!, 0);
    expect(product(cat!, mat!)).toBeGreaterThan(product(cat!, rates!));
    if (provider !== 'gemini') expect(usage.input).toBeGreaterThan(5);
  });
});
