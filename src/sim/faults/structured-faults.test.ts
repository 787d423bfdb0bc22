import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterEach, describe, expect, test } from 'vitest';
import { postJson } from '../../../test/support/post-json.ts';
import { ROWS_SCHEMA, STRICT_ROWS } from '../../../test/support/rows-schema.ts';
import { type Sim, startSim } from '../start-sim.ts';
import { parseFaults } from './parse-faults.ts';

const fits = new Ajv2020({ allErrors: true }).compile(ROWS_SCHEMA);
const PATH = '/v1/chat/completions';
const FORMAT = { type: 'json_schema', json_schema: STRICT_ROWS };

let sim: Sim;
afterEach(() => sim.close());

async function started(faults: string): Promise<void> {
  sim = await startSim({ faults: parseFaults(faults) });
}

async function answers(count: number) {
  const all = Array.from({ length: count }, (_, number) =>
    postJson(sim.url + PATH, {
      model: 'm',
      messages: [{ role: 'user', content: `Questions, please (${number}).` }],
      response_format: FORMAT,
    }),
  );
  return (await Promise.all(all)).map(({ json }) => ({
    text: json.choices[0].message.content as string,
    finish: json.choices[0].finish_reason as string,
  }));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('the fault', () => {
  test.each([
    ['wrong-type', 'type'],
    ['extra-key', 'additionalProperties'],
    ['missing-key', 'required'],
  ])('%s makes one mistake of the kind "%s" in a row', async (fault, keyword) => {
    await started(fault);
    for (const { text, finish } of await answers(30)) {
      expect([fits(JSON.parse(text)), finish]).toEqual([false, 'stop']);
      expect(fits.errors?.map((error) => error.keyword)).toEqual([keyword]);
      expect(fits.errors?.[0]?.instancePath).toMatch(/^\/rows\/\d/);
    }
  });

  test('broken-json gives mistakes of several kinds, and never JSON', async () => {
    await started('broken-json');
    const texts = (await answers(60)).map(({ text }) => text);
    const ends = new Set(texts.map((text) => text.slice(-3)));
    expect(texts.filter((text) => isJson(text))).toEqual([]);
    expect(ends.size).toBeGreaterThan(2);
  });

  test('prose has the whole JSON inside, fenced or not', async () => {
    await started('prose');
    const texts = (await answers(30)).map(({ text }) => text);
    for (const text of texts) {
      expect(isJson(text)).toBe(false);
      expect(fits(JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1)))).toBe(true);
    }
    expect(new Set(texts.map((text) => text.includes('```'))).size).toBe(2);
  });

  test('cut ends in the middle and says so', async () => {
    await started('cut');
    for (const { text, finish } of await answers(20)) {
      expect([isJson(text), finish]).toEqual([false, 'length']);
      expect(text.length).toBeGreaterThan(5);
    }
  });

  test('of JSON leaves other texts as they are', async () => {
    await started('broken-json=50%,wrong-type=50%');
    const body = { model: 'm', messages: [{ role: 'user', content: 'What is 17 * 23?' }] };
    const { json } = await postJson(sim.url + PATH, body);
    expect(json.choices[0].message.content).toBe('391');
  });

  test('no-json-schema stands beside others and refuses schemas alone', async () => {
    await started('no-json-schema,broken-json=100%');
    const messages = [{ role: 'user', content: 'JSON, please' }];
    const ask = (type: object | undefined) =>
      postJson(sim.url + PATH, { model: 'm', messages, response_format: type });
    const refused = await ask(FORMAT);
    expect([refused.status, refused.json.error.message]).toEqual([
      400,
      "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.",
    ]);
    const other = await ask({ type: 'json_object' });
    expect([other.status, isJson(other.json.choices[0].message.content)]).toEqual([200, false]);
  });

  test('no-json-object refuses both, in the words of the server', async () => {
    await started('no-json-object=deepseek');
    const messages = [{ role: 'user', content: 'JSON, please' }];
    for (const response_format of [FORMAT, { type: 'json_object' }]) {
      const { status, text } = await postJson(sim.url + PATH, {
        model: 'm',
        messages,
        response_format,
      });
      expect([status, text]).toEqual([400, expect.stringContaining('response_format type')]);
    }
    expect((await postJson(sim.url + PATH, { model: 'm', messages })).status).toBe(200);
  });

  test.each([
    [
      '/v1/messages',
      { max_tokens: 9, output_config: { format: { type: 'json_schema', schema: ROWS_SCHEMA } } },
    ],
    ['/api/chat', { format: ROWS_SCHEMA }],
  ])('no-json-schema at %s says json_schema', async (path, more) => {
    await started('no-json-schema');
    const body = { model: 'm', messages: [{ role: 'user', content: 'x' }], ...more };
    const answer = await postJson(sim.url + path, body, { 'anthropic-version': '1' });
    expect([answer.status, answer.text]).toEqual([400, expect.stringContaining('json_schema')]);
  });
});

describe('context-length', () => {
  const body = (length: number) => ({
    model: 'm',
    max_tokens: 50,
    messages: [{ role: 'user', content: 'x'.repeat(length * 4) }],
  });

  test.each([
    ['100', PATH, 'maximum context length is 100 tokens', '300'],
    ['100', '/v1/messages', 'prompt is too long: 300 tokens > 100 maximum', '300'],
    ['100:vllm', PATH, 'However, you requested 350 tokens (300 in the messages', '100'],
    ['100:llama.cpp', PATH, '"n_prompt_tokens":300,"n_ctx":100', 'exceed_context_size_error'],
  ])('%s at %s tells both numbers', async (argument, path, words, other) => {
    await started(`context-length=${argument}`);
    const { status, text } = await postJson(sim.url + path, body(300), {
      'anthropic-version': '1',
    });
    expect([status, text]).toEqual([400, expect.stringContaining(words)]);
    expect(text).toContain(other);
    expect((await postJson(sim.url + path, body(40), { 'anthropic-version': '1' })).status).toBe(
      200,
    );
  });

  test('counts the answer as well where the service does', async () => {
    await started('context-length=100:vllm');
    expect((await postJson(sim.url + PATH, body(60))).status).toBe(400);
  });

  test('is not told by Ollama, which counts no more', async () => {
    await started('context-length=100');
    const { status, json } = await postJson(`${sim.url}/api/chat`, { ...body(300), stream: false });
    expect([status, json.prompt_eval_count]).toEqual([200, 100]);
  });
});
