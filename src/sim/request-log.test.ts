import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { postJson } from '../../test/support/post-json.ts';
import { temporaryFolder } from '../../test/support/temporary-folder.ts';
import { type Sim, startSim } from './start-sim.ts';

let sim: Sim;
afterEach(() => sim.close());

const BODY = { model: 'm', messages: [{ role: 'user', content: 'hi' }] };
const chat = (body: unknown = BODY, headers = {}) =>
  postJson(`${sim.url}/v1/chat/completions?x=1`, body, headers);

describe('the log of requests', () => {
  test('keeps what each request was and how it ended', async () => {
    sim = await startSim();
    await chat(BODY, { authorization: 'Bearer sk-seen' });
    expect(sim.requests).toEqual([
      expect.objectContaining({
        number: 1,
        method: 'POST',
        path: '/v1/chat/completions?x=1',
        protocol: 'openai-chat',
        vendor: 'openai',
        model: 'm',
        body: BODY,
        fault: null,
        refusal: null,
        status: 200,
        answered: true,
        inFlight: 1,
      }),
    ]);
    const [request] = sim.requests;
    expect(request?.headers.authorization).toBe('Bearer sk-seen');
    expect((request?.endedMs ?? 0) >= (request?.startedMs ?? Number.NaN)).toBe(true);
  });

  test('keeps numbers too long for a double as they were sent, and a body that is no JSON as text', async () => {
    sim = await startSim();
    await chat('{"model":"m","seed":9007199254740993,"messages":[{"role":"user","content":"hi"}]}');
    expect(JSON.stringify(sim.requests[0]?.body)).toContain('"seed":9007199254740993');
    await chat('not json');
    expect(sim.requests[1]).toMatchObject({ body: 'not json', status: 400, model: null });
  });

  test('counts by model, and what is under way', async () => {
    sim = await startSim({ latency: { kind: 'fixed', ms: 250 } });
    const both = Promise.all([chat(), chat({ ...BODY, model: 'other' })]);
    await expect.poll(() => sim.counts.inFlight, { interval: 5 }).toBe(2);
    await both;
    expect(sim.counts).toMatchObject({ requests: 2, answered: 2, inFlight: 0, peakInFlight: 2 });
    expect(sim.counts.byModel.other).toMatchObject({ requests: 1, answered: 1, peakInFlight: 1 });
  });

  test('drops the oldest beyond its limit, and keeps none when told so', async () => {
    sim = await startSim({ logLimit: 10 });
    for (let index = 0; index < 15; index++) await chat();
    expect(sim.requests).toHaveLength(10);
    expect(sim.requests.at(-1)?.number).toBe(15);
    await sim.close();
    sim = await startSim({ log: false });
    await chat();
    expect([sim.requests.length, sim.counts.requests]).toEqual([0, 1]);
  });

  test('writes a file without keys that its owner alone may read', async () => {
    const file = join(temporaryFolder(), 'requests.jsonl');
    sim = await startSim({ log: { file } });
    await chat(BODY, { authorization: 'Bearer sk-secret-1', 'api-key': 'sk-secret-2' });
    const gemini = `${sim.url}/v1beta/models/m:generateContent?key=sk-secret-3&alt=sse`;
    await postJson(gemini, { contents: [{ parts: [{ text: 'hi' }] }] });
    await sim.close();
    const text = readFileSync(file, 'utf8');
    expect(text).not.toContain('sk-secret');
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toMatchObject([
      { number: 1, model: 'm', body: BODY, status: 200, headers: { authorization: '[masked]' } },
      { number: 2, path: '/v1beta/models/m:generateContent?key=[masked]&alt=sse' },
    ]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('says when its file cannot be written', async () => {
    sim = await startSim();
    const file = join(temporaryFolder(), 'missing', 'requests.jsonl');
    await expect(startSim({ log: { file } })).rejects.toMatchObject({ code: 'file_unwritable' });
  });
});

test.skipIf(process.platform !== 'linux')(
  'a log on a full disk ends, the endpoints answer on, and closing says so',
  async () => {
    sim = await startSim({ log: { file: '/dev/full' } });
    for (let index = 0; index < 20; index++) expect((await chat()).status).toBe(200);
    await expect(sim.close()).rejects.toMatchObject({
      code: 'disk_full',
      message: expect.stringContaining('/dev/full ends early'),
    });
    sim = await startSim();
  },
);
