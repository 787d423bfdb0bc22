import { afterEach, describe, expect, test } from 'vitest';
import { postJson } from '../../../test/support/post-json.ts';
import type { SimOptions } from '../settings/sim-options.ts';
import { type Sim, startSim } from '../start-sim.ts';
import { parseLimits } from './parse-limits.ts';

let sim: Sim;
afterEach(() => sim.close());

const messages = [{ role: 'user', content: 'hi' }];
const start = async (limits: string, more: SimOptions = {}) => {
  sim = await startSim({ limits: parseLimits(limits), ...more });
};
const chat = () => postJson(`${sim.url}/v1/chat/completions`, { model: 'm', messages });
const azure = () => postJson(`${sim.url}/openai/v1/chat/completions`, { model: 'm', messages });
const ollama = () => postJson(`${sim.url}/api/chat`, { model: 'm', messages, stream: false });
const gemini = () =>
  postJson(`${sim.url}/v1beta/models/m:generateContent`, {
    contents: [{ parts: [{ text: 'hi' }] }],
  });
const anthropic = () =>
  postJson(
    `${sim.url}/v1/messages`,
    { model: 'm', max_tokens: 9, messages },
    { 'anthropic-version': '2023-06-01' },
  );

describe('a rate limit', () => {
  test('of OpenAI is told in x-ratelimit headers and retry-after', async () => {
    await start('rpm=6,tpm=60000');
    const first = await chat();
    expect(first.status).toBe(200);
    expect(first.headers.get('x-ratelimit-limit-requests')).toBe('6');
    expect(first.headers.get('x-ratelimit-remaining-requests')).toBe('0');
    expect(first.headers.get('x-ratelimit-reset-requests')).toMatch(/^(10|9\.\d+)s$/);
    expect(first.headers.get('x-ratelimit-reset-tokens')).toMatch(/^\d+ms$/);
    const second = await chat();
    expect(second.status).toBe(429);
    expect(second.json.error).toMatchObject({ type: 'requests', code: 'rate_limit_exceeded' });
    expect(second.headers.get('retry-after')).toBe('10');
    expect(Number(second.headers.get('retry-after-ms'))).toBeGreaterThan(9000);
    expect(sim.counts).toMatchObject({ requests: 2, answered: 1, rateLimited: 1 });
  });

  test('of Anthropic is told with moments in RFC 3339', async () => {
    await start('rpm=6');
    const { headers } = await anthropic();
    expect(headers.get('anthropic-ratelimit-requests-limit')).toBe('6');
    const reset = headers.get('anthropic-ratelimit-requests-reset') ?? '';
    expect(reset).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(Date.parse(reset) - Date.now()).toBeGreaterThan(8000);
    const refused = await anthropic();
    expect(refused.status).toBe(429);
    expect(refused.json).toMatchObject({ type: 'error', error: { type: 'rate_limit_error' } });
    expect(refused.headers.get('retry-after')).toBe('10');
  });

  test('of Gemini is told in the body alone', async () => {
    await start('rpm=6');
    await gemini();
    const { status, json, headers } = await gemini();
    expect(status).toBe(429);
    expect(json.error.status).toBe('RESOURCE_EXHAUSTED');
    expect(json.error.details[1].retryDelay).toMatch(/^9\.\d+s$/);
    expect(headers.has('retry-after')).toBe(false);
  });

  test('of Azure is told in whole seconds', async () => {
    await start('rpm=6');
    expect((await azure()).headers.get('x-ratelimit-reset-requests')).toBe('10');
    expect((await azure()).json.error.code).toBe('429');
  });

  test('on tokens counts the tokens of prompt and answer', async () => {
    await start('tpm=60');
    expect((await chat()).status).toBe(200);
    const { status, json } = await chat();
    expect(status).toBe(429);
    expect(json.error.type).toBe('tokens');
  });

  test('of one model does not hold back another', async () => {
    const models = [{ name: 'm', limits: parseLimits('rpm=1') }, { name: 'free' }];
    sim = await startSim({ models });
    await chat();
    expect((await chat()).status).toBe(429);
    const url = `${sim.url}/v1/chat/completions`;
    expect((await postJson(url, { model: 'free', messages })).status).toBe(200);
  });
});

describe('other limits', () => {
  test('of calls at once refuse what comes on top, and let the next one in when one has ended', async () => {
    await start('concurrency=2', { latency: { kind: 'fixed', ms: 60 } });
    const statuses = (await Promise.all([chat(), chat(), chat()])).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 200, 429]);
    expect((await chat()).status).toBe(200);
    expect(sim.counts.peakInFlight).toBe(3);
  });

  test('of calls at once are 503 from Ollama, whose queue is full', async () => {
    await start('concurrency=1', { latency: { kind: 'fixed', ms: 60 } });
    const statuses = (await Promise.all([ollama(), ollama()])).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 503]);
  });

  test('of calls at once are never met by as many workers, one call each at a time', async () => {
    await start('concurrency=8', { latency: { kind: 'uniform', fromMs: 0, toMs: 3 } });
    const worker = async () => {
      for (let call = 0; call < 25; call++) expect((await chat()).status).toBe(200);
    };
    await Promise.all(Array.from({ length: 8 }, worker));
    expect(sim.counts).toMatchObject({ answered: 200, rateLimited: 0, inFlight: 0 });
  });

  test('of quota are out of quota in the words of each vendor', async () => {
    await start('quota=1');
    expect((await chat()).status).toBe(200);
    expect((await chat()).json.error.code).toBe('insufficient_quota');
    const noCredit = await anthropic();
    expect(noCredit.status).toBe(400);
    expect(noCredit.json.error.message).toContain('credit balance is too low');
    expect((await gemini()).json.error.details[0].violations[0].quotaId).toContain('PerDay');
  });
});
