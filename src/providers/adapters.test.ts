import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseExactJson } from '../core/exact-json.ts';
import type { JsonObject } from '../core/json.ts';
import { ask, askInVain, TEST_KEY, testSettings } from './testing/ask-endpoint.ts';
import { CHAT_DIALECTS } from './testing/dialects.ts';
import { json, pieces, type StandIn, startStandIn, text } from './testing/stand-in-server.ts';

let server: StandIn;
beforeAll(async () => {
  server = await startStandIn();
});
afterAll(() => server[Symbol.asyncDispose]());

const lastBody = () => JSON.parse(server.requests.at(-1)!.body) as Record<string, unknown>;

describe.each(CHAT_DIALECTS)('the adapter $provider', (dialect) => {
  const settings = () => testSettings(dialect.provider, server.url);
  const fail = async (reply: StandIn['reply'], options = {}) => {
    server.reply = reply;
    return askInVain(settings(), options);
  };

  it('reads text, model, usage, finish reason and request id from the raw body', async () => {
    server.reply = json(dialect.answer(['4']), 200, { 'x-request-id': 'req-7' });
    const answer = await ask(settings());
    expect(answer).toMatchObject({
      texts: ['4'],
      model: 'm-1-2026-01-01',
      finishReason: 'stop',
      requestId: 'req-7',
      usage: { input: 12, output: 8 },
      costUsd: null,
    });
    expect(server.requests.at(-1)!.url).toBe(dialect.path);
    expect(server.requests.at(-1)!.headers[dialect.keyHeader]).toContain(TEST_KEY);
    expect(server.requests.at(-1)!.headers['accept-encoding']).toBeUndefined();
  });

  it('unifies the finish reason of an answer that was cut', async () => {
    server.reply = json(dialect.answer(['4'], 'length'));
    expect((await ask(settings())).finishReason).toBe('length');
  });

  it('sends system prompt and history', async () => {
    server.reply = json(dialect.answer(['4']));
    await ask(settings(), {
      request: {
        messages: [
          { role: 'system', content: 'be brief' },
          { role: 'user', content: 'one' },
          { role: 'assistant', content: 'two' },
          { role: 'user', content: 'three' },
        ],
      },
    });
    expect(dialect.textsOf(lastBody())).toEqual(['be brief', 'one', 'two', 'three']);
  });

  it("sends parts of the provider's own form as the user wrote them", async () => {
    server.reply = json(dialect.answer(['4']));
    const part = { text: 'see', anything: { deep: [1, null] } };
    await ask(settings(), {
      request: {
        messages: [
          { role: 'system', content: 'be brief' },
          { role: 'user', content: [part] },
        ],
      },
    });
    expect(server.requests.at(-1)!.body).toContain(JSON.stringify(part));
    expect(dialect.textsOf(lastBody())).toEqual(['be brief', 'see']);
  });

  it('writes parameters as they are, at their place, with exact integers', async () => {
    server.reply = json(dialect.answer(['4']));
    const parameters = parseExactJson(
      '{"temperature":1.5,"seed":9007199254740993,"unheard_of":{"a_b":null}}',
    ) as JsonObject;
    await ask(settings(), { request: { parameters } });
    expect(server.requests.at(-1)!.body).toContain('"seed":9007199254740993');
    const written = dialect.parametersOf(lastBody());
    expect(written.temperature).toBe(1.5);
    expect(written.unheard_of ?? written.unheardOf).toEqual({ a_b: null });
  });

  it.each(['model', 'stream', 'messages'])(
    'refuses the parameter %s before sending',
    async (name) => {
      const before = server.requests.length;
      const error = await askInVain(settings(), { request: { parameters: { [name]: 'x' } } });
      expect(error.code).toBe('bad_request');
      expect(error.message).toContain(name);
      expect(server.requests.length).toBe(before);
    },
  );

  it.runIf(dialect.choices)('reads every choice of one request', async () => {
    server.reply = json(dialect.answer(['a', 'b', 'c']));
    const answer = await ask(settings(), { request: { choices: 3 } });
    expect(answer.texts).toEqual(['a', 'b', 'c']);
    expect(dialect.parametersOf(lastBody())[dialect.choices!]).toBe(3);
  });

  it('streams text, usage, model and finish reason, without [DONE]', async () => {
    const deltas: string[] = [];
    server.reply = pieces(dialect.stream(['Grüße', ', ', 'Welt']), dialect.contentType);
    const answer = await ask(settings(), { onDelta: (delta) => deltas.push(delta) });
    expect(deltas.join('')).toBe('Grüße, Welt');
    expect(deltas.length).toBeGreaterThan(1);
    expect(answer).toMatchObject({
      texts: ['Grüße, Welt'],
      model: 'm-1-2026-01-01',
      finishReason: 'stop',
      usage: { input: 12, output: 8 },
    });
    expect(server.requests.at(-1)!.url).toBe(dialect.streamPath ?? dialect.path);
  });

  it('takes a whole answer where a stream was asked for', async () => {
    const deltas: string[] = [];
    server.reply = json(dialect.answer(['4']));
    const answer = await ask(settings(), { onDelta: (delta) => deltas.push(delta) });
    expect([answer.texts, deltas]).toEqual([['4'], ['4']]);
  });

  it('fails on a stream without a finish reason and keeps its text', async () => {
    const reply = pieces(dialect.stream(['half an '], false), dialect.contentType);
    const error = await fail(reply, { onDelta: () => {} });
    expect([error.code, error.partialText]).toEqual(['stream_incomplete', 'half an ']);
  });

  it('classifies an error in mid-stream by its code and keeps the text', async () => {
    const cut = [
      ...dialect.stream(['half'], false),
      dialect.errorPiece('overloaded_error', 'busy'),
    ];
    const error = await fail(pieces(cut, dialect.contentType), { onDelta: () => {} });
    expect([error.code, error.partialText]).toEqual(['overloaded', 'half']);
  });

  it('finds an error in a good status when streaming, too', async () => {
    const reply = json({ error: { code: 429, message: 'slow' } });
    expect((await fail(reply, { onDelta: () => {} })).code).toBe('rate_limited');
  });

  it('says which key was refused', async () => {
    const error = await fail(json(dialect.error('bad_key', `no: ${TEST_KEY}`), 401));
    expect([error.code, error.httpStatus, error.retryable]).toEqual(['unauthorized', 401, false]);
    expect(error.hint).toMatch(/check the key in [A-Z_]+/);
    expect(error.message).toContain('no: [key]');
  });

  it('never sends a key header when there is no key', async () => {
    server.reply = json(dialect.answer(['4']));
    await ask(testSettings(dialect.provider, server.url, { apiKey: null }));
    expect(server.requests.at(-1)!.headers[dialect.keyHeader]).toBeUndefined();
  });

  it('removes an echoed key from answers, streams, models and request ids', async () => {
    const base64 = Buffer.from(TEST_KEY).toString('base64');
    const echo = `a ${TEST_KEY} b ${base64} c ...${TEST_KEY.slice(-8)} d`;
    const clean = `a [key] b [key] c ...${TEST_KEY.slice(-8)} d`;
    server.reply = json(dialect.answer([echo]), 200, { 'x-request-id': TEST_KEY });
    const answer = await ask(settings());
    expect([answer.texts, answer.requestId]).toEqual([[clean], '[key]']);
    expect(answer.details!.notes).toEqual([expect.stringContaining('[key]')]);
    const deltas: string[] = [];
    server.reply = pieces(dialect.stream([...echo]), dialect.contentType);
    const streamed = await ask(settings(), { onDelta: (delta) => deltas.push(delta) });
    expect([streamed.texts, deltas.join('')]).toEqual([[clean], clean]);
    const cut = await fail(
      pieces(dialect.stream([TEST_KEY.slice(0, 20)], false), dialect.contentType),
      {
        onDelta: () => {},
      },
    );
    expect(cut.code).toBe('stream_incomplete');
    expect(cut.partialText).toBe('');
  });

  it.each([
    ['404', json(dialect.error('x', 'no such model'), 404), 'model_not_found'],
    ['a used-up quota', json(dialect.error('insufficient_quota', 'pay'), 429), 'quota_exhausted'],
    ['529', json(dialect.error('x', 'busy'), 529), 'overloaded'],
    ['500 in HTML', text('<h1>Oops</h1>', 500), 'server_error'],
    ['400', json(dialect.error('x', 'bad'), 400), 'bad_request'],
    ['HTML', text('<html></html>', 200, { 'content-type': 'text/html' }), 'response_not_json'],
    ['an empty body', text(''), 'response_empty'],
    [
      'no choice',
      json({ choices: null, candidates: [], output: [], content: [] }),
      'response_without_choice',
    ],
    ['200 with a quota error', json({ error: { code: 'insufficient_quota' } }), 'quota_exhausted'],
    ['200 with an error text', json({ error: 'it broke' }), 'error_in_response'],
  ])('classifies %s', async (_, reply, code) => {
    expect((await fail(reply)).code).toBe(code);
  });

  it('waits as long as a 429 says', async () => {
    const error = await fail(json(dialect.error('x', 'slow'), 429, { 'retry-after': '7' }));
    expect([error.code, error.retryAfterMs]).toEqual(['rate_limited', 7000]);
  });
});
