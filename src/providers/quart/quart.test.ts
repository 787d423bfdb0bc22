import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, askInVain, TEST_KEY, testSettings } from '../testing/ask-endpoint.ts';
import { json, type StandIn, startStandIn, text } from '../testing/stand-in-server.ts';

let server: StandIn;
beforeAll(async () => {
  server = await startStandIn();
});
afterAll(() => server[Symbol.asyncDispose]());

const GOOD = { response: [{ generated_text: 'four' }], model: 'vicgalle/gpt2' };
const settings = () => testSettings('quart', server.url, { apiKey: null });
const last = () => server.requests.at(-1)!;

describe('quart', () => {
  it('sends text, model and options, and reads text and model', async () => {
    server.reply = json(GOOD);
    const answer = await ask(settings(), { request: { parameters: { max_length: 20 } } });
    expect(answer).toMatchObject({ texts: ['four'], model: 'vicgalle/gpt2', finishReason: null });
    expect(answer.usage.output).toBeNull();
    expect(last().url).toBe('/generate');
    expect(last().body).toBe('{"text":"What is 2+2?","model":"m-1","options":{"max_length":20}}');
  });

  it('leaves out the name of a model that has none', async () => {
    server.reply = json(GOOD);
    await ask(settings(), { modelId: '' });
    expect(last().body).toBe('{"text":"What is 2+2?","options":{}}');
  });

  it('takes the address of the call for the address of the server', async () => {
    server.reply = json(GOOD);
    await ask(testSettings('quart', `${server.url}/llm/generate/`));
    expect(last().url).toBe('/llm/generate');
  });

  it('gives an answer in one piece where a stream was asked for', async () => {
    server.reply = json(GOOD);
    const deltas: string[] = [];
    const answer = await ask(settings(), { onDelta: (delta) => deltas.push(delta) });
    expect([answer.texts, deltas]).toEqual([['four'], ['four']]);
    expect(last().body).not.toContain('stream');
  });

  it.each([
    ['no answer', json({ response: [], model: 'm' }), 'response_without_choice'],
    ['an answer that is none', json({ model: 'm' }), 'response_without_choice'],
    ['a conversation', json({ response: [{ generated_text: [] }] }), 'response_without_choice'],
    ['an empty text', json({ response: [{ generated_text: '' }] }), 'empty_answer'],
    ['an error', json({ error: 'out of memory' }), 'error_in_response'],
    ['a bad status', text('<h1>Oops</h1>', 500), 'server_error'],
  ])('classifies %s', async (_, reply, code) => {
    server.reply = reply;
    expect((await askInVain(settings())).code).toBe(code);
  });

  it.each(['text', 'model', 'stream'])('refuses the parameter %s before sending', async (name) => {
    const before = server.requests.length;
    const error = await askInVain(settings(), { request: { parameters: { [name]: 'x' } } });
    expect([error.code, server.requests.length]).toEqual(['bad_request', before]);
  });

  it('refuses a conversation before sending', async () => {
    const before = server.requests.length;
    const user = { role: 'user' as const, content: 'a' };
    for (const messages of [[user, user], [{ role: 'system' as const, content: 'a' }]]) {
      const error = await askInVain(settings(), { request: { messages } });
      expect([error.code, server.requests.length]).toEqual(['bad_request', before]);
      expect(error.message).toContain('Quart cannot be told');
    }
  });

  it('shows no key that its server echoes', async () => {
    server.reply = json({ response: [{ generated_text: `it is ${TEST_KEY}` }] });
    expect((await ask(settings())).texts).toEqual(['it is [key]']);
  });
});
