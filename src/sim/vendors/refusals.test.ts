import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { postJson } from '../../../test/support/post-json.ts';
import { type Sim, startSim } from '../start-sim.ts';
import { openaiError } from './openai.ts';
import { Refusal } from './refusal.ts';

let sim: Sim;
beforeAll(async () => {
  sim = await startSim({ models: [{ name: 'known' }] });
});
afterAll(() => sim.close());

const VERSION = { 'anthropic-version': '2023-06-01' };
const messages = [{ role: 'user', content: 'hi' }];

describe('a request that the vendor would not take', () => {
  test.each([
    ['/v1/chat/completions', { model: 'known' }, 400, 'invalid_request_error', 'messages'],
    ['/v1/chat/completions', { messages }, 400, 'invalid_request_error', 'model'],
    ['/v1/chat/completions', { model: 'known', messages: [] }, 400, undefined, 'messages'],
    [
      '/v1/chat/completions',
      { model: 'known', messages, temperature: 3 },
      400,
      undefined,
      'temperature',
    ],
    ['/v1/chat/completions', { model: 'known', messages, n: 0 }, 400, undefined, "'n'"],
    ['/v1/completions', { model: 'known' }, 400, undefined, 'prompt'],
    ['/v1/responses', { model: 'known' }, 400, undefined, 'input'],
    ['/v1/messages', { model: 'known', messages }, 400, 'invalid_request_error', 'max_tokens'],
    ['/v1/messages', { model: 'other', messages, max_tokens: 9 }, 404, 'not_found_error', 'other'],
  ])('to %s with %j is answered %i', async (path, body, status, type, named) => {
    const { json, ...answer } = await postJson(sim.url + path, body, VERSION);
    expect(answer.status).toBe(status);
    if (type) expect(json.error.type).toBe(type);
    expect(json.error.message).toContain(named);
  });

  test('of Gemini gets a google.rpc status', async () => {
    const url = `${sim.url}/v1beta/models/known:generateContent`;
    const { status, json } = await postJson(url, {});
    expect(status).toBe(400);
    expect(json.error).toMatchObject({ code: 400, status: 'INVALID_ARGUMENT' });
  });

  test('of Ollama gets an error that is one text', async () => {
    const { status, json } = await postJson(`${sim.url}/api/chat`, { model: 'other', messages });
    expect(status).toBe(404);
    expect(json.error).toContain("'other'");
  });

  test('of Azure needs an api-version for a deployment, and a known one', async () => {
    const url = `${sim.url}/openai/deployments/known/chat/completions`;
    expect((await postJson(url, { messages })).status).toBe(404);
    expect((await postJson(`${url}?api-version=2024-10-21`, { messages })).status).toBe(200);
    const other = `${sim.url}/openai/deployments/other/chat/completions?api-version=2024-10-21`;
    expect((await postJson(other, { messages })).json.error.code).toBe('DeploymentNotFound');
  });

  test('of Anthropic needs the version header', async () => {
    const body = { model: 'known', max_tokens: 9, messages };
    const { status, json } = await postJson(`${sim.url}/v1/messages`, body);
    expect(status).toBe(400);
    expect(json.error.message).toContain('anthropic-version');
  });

  test('that is not JSON, or goes nowhere, is refused', async () => {
    const broken = await postJson(`${sim.url}/v1/chat/completions`, '{"model": ');
    expect(broken.status).toBe(400);
    const nowhere = await postJson(`${sim.url}/v1/nothing`, {});
    expect(nowhere.status).toBe(404);
    expect(nowhere.json.error.message).toContain('/v1/nothing');
  });

  test('for its list of models needs a key that is accepted', async () => {
    const strict = await startSim({ apiKeys: ['right'] });
    const ask = (path: string, headers: Record<string, string>) =>
      fetch(strict.url + path, { headers }).then((answer) => answer.status);
    expect(await ask('/v1/models', { authorization: 'Bearer right' })).toBe(200);
    expect(await ask('/v1/models', { authorization: 'Bearer wrong' })).toBe(401);
    expect(await ask('/v1/models', { ...VERSION, 'x-api-key': 'right' })).toBe(200);
    expect(await ask('/v1/models', VERSION)).toBe(401);
    expect(await ask('/v1beta/models', { 'x-goog-api-key': 'wrong' })).toBe(400);
    expect(await ask('/api/tags', {})).toBe(200);
    await strict.close();
  });

  test('from a country without service gets the code of OpenAI for that', () => {
    expect(openaiError(new Refusal('forbidden', 'x'))).toMatchObject({
      status: 403,
      body: { error: { code: 'unsupported_country_region_territory', type: 'request_forbidden' } },
    });
  });
});
