import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../core/json.ts';
import type { GenerateRequest } from '../core/model.ts';
import { EMBEDDINGS } from './formats/embeddings.ts';
import { openEndpoint } from './open-endpoint.ts';
import { listedCost } from './prices/listed-cost.ts';
import { PROVIDERS } from './registry.generated.ts';
import { ask, askInVain, STOPPED_CLOCK, testSettings } from './testing/ask-endpoint.ts';
import { captureRequest } from './testing/capture-request.ts';
import { json, startStandIn } from './testing/stand-in-server.ts';

const texts = (...all: string[]): Partial<GenerateRequest> => ({
  mode: 'embedding',
  messages: all.map((content) => ({ role: 'user', content })),
});
const OPENAI = {
  object: 'list',
  data: [
    { index: 1, embedding: [0.5, -1e-7] },
    { index: 0, embedding: [1, 0] },
  ],
  model: 'text-embedding-3-small',
  usage: { prompt_tokens: 7, total_tokens: 7 },
};

describe('a request for embeddings', () => {
  it.each<[provider: string, path: string, body: object]>([
    ['openai', '/v1/embeddings', { model: 'm-1', input: ['a', 'b'], dimensions: 2 }],
    ['openai-compatible', '/v1/embeddings', { model: 'm-1', input: ['a', 'b'], dimensions: 2 }],
    ['vllm', '/v1/embeddings', { model: 'm-1', input: ['a', 'b'], dimensions: 2 }],
    ['mistral', '/v1/embeddings', { model: 'm-1', input: ['a', 'b'], dimensions: 2 }],
    [
      'azure-openai',
      '/openai/deployments/m-1/embeddings?api-version=2024-10-21',
      { model: 'm-1', input: ['a', 'b'], dimensions: 2 },
    ],
    [
      'gemini',
      '/v1beta/models/m-1:batchEmbedContents',
      {
        requests: ['a', 'b'].map((text) => ({
          model: 'models/m-1',
          content: { parts: [{ text }] },
          dimensions: 2,
        })),
      },
    ],
    ['ollama', '/api/embed', { model: 'm-1', input: ['a', 'b'], dimensions: 2 }],
  ])('is written for %s', async (provider, path, body) => {
    for (const stream of [false, true]) {
      const request = { ...texts('a', 'b'), parameters: { dimensions: 2 } };
      const sent = await captureRequest(provider, request, { stream });
      if (typeof sent === 'string') throw new Error(sent);
      expect([sent.path, JSON.parse(sent.body)]).toEqual([path, body]);
    }
  });

  it("has Gemini's parameters in either spelling, and Ollama's among its options", async () => {
    const written = async (provider: string, parameters: JsonObject) => {
      const sent = await captureRequest(provider, { ...texts('a'), parameters });
      return typeof sent === 'string' ? sent : JSON.parse(sent.body);
    };
    expect(await written('gemini', { task_type: 'CLUSTERING' })).toMatchObject({
      requests: [{ taskType: 'CLUSTERING' }],
    });
    expect(await written('ollama', { num_ctx: 100, truncate: false })).toMatchObject({
      truncate: false,
      options: { num_ctx: 100 },
    });
    expect(await written('openai', { input: 'x' })).toMatch(
      /^bad_request: .*`input` cannot be set/,
    );
  });

  it.each(
    PROVIDERS.filter(({ embeddings }) => embeddings === undefined).map(({ name, label }) => [
      name,
      label,
    ]),
  )('is refused in words before anything is sent where %s has none', async (name, label) => {
    const sent = await captureRequest(name, texts('a'), { settings: { project: 'p' } });
    expect(sent).toBe(
      `bad_request: The messages cannot be sent: ${label} cannot be asked for embeddings`,
    );
  });

  it('is refused with more texts than the vendor takes at once', async () => {
    const many = texts(...Array.from({ length: 101 }, () => 'a'));
    expect(await captureRequest('gemini', many)).toBe(
      'bad_request: The messages cannot be sent: 101 texts are more than Google Gemini takes in one request',
    );
    expect(await captureRequest('ollama', many)).toMatchObject({ path: '/api/embed' });
  });

  it.each<[string, GenerateRequest['messages']]>([
    ['no text', [{ role: 'user', content: '' }]],
    ['parts', [{ role: 'user', content: [{ type: 'text', text: 'a' }] }]],
  ])('is refused for a message with %s', async (_, messages) => {
    expect(await captureRequest('openai', { mode: 'embedding', messages })).toMatch(
      /^bad_request: The messages cannot be sent: message 1 has no text/,
    );
  });

  it('says how many texts a model takes at once', async () => {
    const maxOf = async (provider: string) => {
      const endpoint = openEndpoint(testSettings(provider, 'http://127.0.0.1:9'), STOPPED_CLOCK);
      const model = await endpoint.model('m', 'm');
      await endpoint.close();
      return model.maxEmbeddings;
    };
    const all = ['openai', 'gemini', 'mistral', 'ollama', 'anthropic'];
    expect(await Promise.all(all.map(maxOf))).toEqual([
      2048,
      100,
      256,
      Number.POSITIVE_INFINITY,
      null,
    ]);
  });
});

describe('an answer with embeddings', () => {
  const settings = (provider: string, url: string) => testSettings(provider, url);

  it.each(['openai', 'openai-compatible', 'azure-openai', 'mistral'])(
    'is a text for each message in their order, with what it used: %s',
    async (provider) => {
      await using server = await startStandIn(json(OPENAI));
      const answer = await ask(
        testSettings(provider, server.url, {
          price: { inputUsdPerMillion: 1_000_000, outputUsdPerMillion: 5 },
        }),
        { request: texts('a', 'b') },
      );
      expect(answer).toMatchObject({
        texts: ['[1,0]', '[0.5,-1e-7]'],
        model: 'text-embedding-3-small',
        finishReason: null,
        usage: { input: 7, output: 0 },
        costUsd: 7,
      });
      expect(answer.details).toBeUndefined();
    },
  );

  it('costs what the price list has for its model', async () => {
    const { usage } = EMBEDDINGS.readAnswer(OPENAI);
    const costUsd = await listedCost('openai', ['text-embedding-3-small'], usage);
    expect(costUsd).toBeCloseTo((7 * 0.02) / 1e6, 12);
  });

  it("is read from Gemini's and Ollama's bodies", async () => {
    await using server = await startStandIn(
      json({ embeddings: [{ values: [1, 2] }], usageMetadata: { promptTokenCount: 3 } }),
    );
    expect(await ask(settings('gemini', server.url), { request: texts('a') })).toMatchObject({
      texts: ['[1,2]'],
      usage: { input: 3, output: 0 },
    });
    server.reply = json({ embeddings: [{ values: [1, 2] }] });
    expect(await ask(settings('gemini', server.url), { request: texts('a') })).toMatchObject({
      usage: { input: null, output: null },
      costUsd: null,
    });
    server.reply = json({ model: 'e', embeddings: [[1, 2]], prompt_eval_count: 3 });
    expect(await ask(settings('ollama', server.url), { request: texts('a') })).toMatchObject({
      texts: ['[1,2]'],
      model: 'e',
      usage: { input: 3 },
    });
  });

  it('is read from numbers in base64', async () => {
    const bytes = Buffer.from(new Float32Array([0.5, -2]).buffer);
    await using server = await startStandIn(
      json({ data: [{ index: 0, embedding: bytes.toString('base64') }] }),
    );
    const { texts: read } = await ask(settings('openai', server.url), { request: texts('a') });
    expect(read).toEqual(['[0.5,-2]']);
  });

  it('is an error with fewer embeddings than texts, and with what is none', async () => {
    await using server = await startStandIn(json({ data: [{ index: 0, embedding: [1] }] }));
    const fewer = await askInVain(settings('openai', server.url), { request: texts('a', 'b') });
    expect([fewer.code, fewer.message]).toEqual([
      'response_without_choice',
      'openai: there are 1 embeddings of 2 texts',
    ]);
    for (const embedding of [null, [], ['x'], [null], { a: 1 }, 'AAA=']) {
      server.reply = json({ data: [{ index: 0, embedding }] });
      const wrong = await askInVain(settings('openai', server.url), { request: texts('a') });
      expect([embedding, wrong.code]).toEqual([embedding, 'response_without_choice']);
    }
    server.reply = json({ choices: [{ message: { content: 'Hi' } }] });
    const chat = await askInVain(settings('openai', server.url), { request: texts('a') });
    expect(chat.code).toBe('response_without_choice');
  });

  it('is never asked for as a stream, whatever was learned', async () => {
    await using server = await startStandIn(json(OPENAI));
    const told: string[] = [];
    await ask(testSettings('openai', server.url, { stream: true }), {
      request: texts('a', 'b'),
      onDelta: (text) => told.push(text),
    });
    expect(JSON.parse(server.requests[0]!.body)).toEqual({ model: 'm-1', input: ['a', 'b'] });
  });
});
