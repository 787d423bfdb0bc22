import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { postJson } from '../../../test/support/post-json.ts';
import { type Sim, startSim } from '../start-sim.ts';

let sim: Sim;
beforeAll(async () => {
  sim = await startSim({ answer: 'echo', models: [{ name: 'known' }] });
});
afterAll(() => sim.close());

const ANTHROPIC = { 'anthropic-version': '2023-06-01' };
const hello = [{ role: 'user', content: 'hello there' }];
const contents = [{ role: 'user', parts: [{ text: 'hello there' }] }];

/** The data of server-sent events, `[DONE]` as it is. */
function events(text: string) {
  return text
    .split('\n')
    .filter((line) => line.startsWith('data: '))
    .map((line) => (line === 'data: [DONE]' ? '[DONE]' : JSON.parse(line.slice(6))));
}

describe('Ollama chat', () => {
  test('streams lines of JSON unless told otherwise', async () => {
    const { text, headers } = await postJson(`${sim.url}/api/chat`, {
      model: 'known',
      messages: hello,
    });
    expect(headers.get('content-type')).toBe('application/x-ndjson');
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map((line) => line.message.content).join('')).toBe('echo: hello there');
    expect(lines.slice(0, -1).every((line) => line.done === false)).toBe(true);
    expect(lines.at(-1)).toMatchObject({
      model: 'known',
      done: true,
      done_reason: 'stop',
      prompt_eval_count: 3,
      eval_count: 5,
    });
  });

  test('answers in one object when stream is false, cut at num_predict', async () => {
    const { json } = await postJson(`${sim.url}/api/chat`, {
      model: 'known',
      messages: hello,
      stream: false,
      options: { num_predict: 2 },
    });
    expect(json).toMatchObject({
      message: { role: 'assistant', content: 'echo: he' },
      done_reason: 'length',
      done: true,
    });
  });
});

describe('several choices', () => {
  test('of one chat completion have an index and a text each', async () => {
    const body = { model: 'known', messages: hello, n: 3 };
    const { json } = await postJson(`${sim.url}/v1/chat/completions`, body);
    const choices = json.choices as { index: number; message: { content: string } }[];
    expect(choices.map(({ index, message }) => [index, message.content])).toEqual([
      [0, 'echo: hello there'],
      [1, 'echo 2: hello there'],
      [2, 'echo 3: hello there'],
    ]);
    const stream = await postJson(`${sim.url}/v1/chat/completions`, { ...body, stream: true });
    const deltas = events(stream.text).flatMap((event) => event.choices ?? []);
    const second = deltas.filter(({ index }) => index === 1);
    expect(second.map(({ delta }) => delta.content ?? '').join('')).toBe('echo 2: hello there');
    expect(second.at(-1).finish_reason).toBe('stop');
  });

  test('of gemini are as many candidates as asked', async () => {
    const { json } = await postJson(`${sim.url}/v1beta/models/known:generateContent`, {
      contents,
      generationConfig: { candidateCount: 2 },
    });
    expect(json.candidates).toHaveLength(2);
    expect(json.candidates[1]).toMatchObject({
      index: 1,
      finishReason: 'STOP',
      content: { role: 'model', parts: [{ text: 'echo 2: hello there' }] },
    });
  });
});

describe('streams', () => {
  test('of OpenAI tell the usage only when asked, and end with [DONE]', async () => {
    const body = { model: 'known', messages: hello, stream: true };
    const without = events((await postJson(`${sim.url}/v1/chat/completions`, body)).text);
    expect(without.at(-1)).toBe('[DONE]');
    expect(without.some((event) => event.usage !== undefined)).toBe(false);
    const asked = { ...body, stream_options: { include_usage: true } };
    const withUsage = events((await postJson(`${sim.url}/v1/chat/completions`, asked)).text);
    expect(withUsage.at(-2)).toMatchObject({ choices: [], usage: { completion_tokens: 5 } });
  });

  test('of Anthropic are the events of the vendor in their order', async () => {
    const { text } = await postJson(
      `${sim.url}/v1/messages`,
      { model: 'known', max_tokens: 9, messages: hello, stream: true },
      ANTHROPIC,
    );
    const types = events(text).map(({ type }) => type);
    expect([...new Set(types)]).toEqual([
      'message_start',
      'content_block_start',
      'ping',
      'content_block_delta',
      'content_block_stop',
      'message_delta',
      'message_stop',
    ]);
    expect(text.startsWith('event: message_start\ndata: ')).toBe(true);
  });

  test('of the responses API are numbered without a gap', async () => {
    const body = { model: 'known', input: 'hello there', stream: true };
    const numbered = events((await postJson(`${sim.url}/v1/responses`, body)).text);
    expect(numbered.map((event) => event.sequence_number)).toEqual(numbered.map((_, at) => at));
    expect(numbered.at(-1).type).toBe('response.completed');
  });

  test('of Gemini without alt=sse are one JSON list', async () => {
    const url = `${sim.url}/v1beta/models/known:streamGenerateContent`;
    const { json } = await postJson(url, { contents });
    const texts = json.map((part: typeof json) => part.candidates[0].content.parts[0].text);
    expect(texts.join('')).toBe('echo: hello there');
  });
});

test('lists of models come in the form of each vendor', async () => {
  const get = async (path: string, headers = {}) =>
    (await (await fetch(sim.url + path, { headers })).json()) as unknown;
  expect(await get('/v1/models')).toMatchObject({ object: 'list', data: [{ id: 'known' }] });
  expect(await get('/v1/models', ANTHROPIC)).toMatchObject({
    data: [{ type: 'model', id: 'known' }],
    has_more: false,
  });
  expect(await get('/api/tags')).toMatchObject({ models: [{ name: 'known' }] });
  expect(await get('/v1beta/models')).toMatchObject({ models: [{ name: 'models/known' }] });
});
