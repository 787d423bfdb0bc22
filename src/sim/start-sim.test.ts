import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { postJson } from '../../test/support/post-json.ts';
import { parseFaults } from './faults/parse-faults.ts';
import { SIM_MODELS } from './settings/sim-models.ts';
import type { SimOptions } from './settings/sim-options.ts';
import { type Sim, startSim } from './start-sim.ts';

const sims: Sim[] = [];
afterEach(async () => {
  for (const sim of sims.splice(0)) await sim.close();
});

async function start(options: SimOptions = {}): Promise<Sim> {
  const sim = await startSim(options);
  sims.push(sim);
  return sim;
}

const chat = (sim: Sim, content: string, more = {}) =>
  postJson(`${sim.url}/v1/chat/completions`, {
    model: 'm',
    messages: [{ role: 'user', content }],
    ...more,
  });

describe('simulated endpoints', () => {
  test('listen on loopback alone', async () => {
    const sim = await start({ host: 'localhost' });
    expect(sim.url).toBe(`http://127.0.0.1:${sim.port}`);
    for (const host of ['0.0.0.0', '::', '192.168.0.1', 'example.org']) {
      await expect(startSim({ host })).rejects.toMatchObject({ code: 'bad_usage' });
    }
  });

  test('say when their port is taken', async () => {
    const { port } = await start();
    await expect(startSim({ port })).rejects.toMatchObject({
      code: 'port_in_use',
      message: expect.stringContaining(String(port)),
    });
  });

  test('end every connection at once on close, whatever it waits for, and free the port', async () => {
    const sim = await start({
      latency: { kind: 'fixed', ms: 60_000 },
      faults: parseFaults('hang@1,half-close@2'),
    });
    const ended = Promise.allSettled([chat(sim, 'a'), chat(sim, 'b'), chat(sim, 'c')]);
    const idle = connect(sim.port, '127.0.0.1');
    const idleClosed = new Promise((resolve) => idle.once('close', resolve));
    idle.resume();
    await expect.poll(() => sim.counts.inFlight).toBe(3);
    const startedMs = performance.now();
    await sim.close();
    expect(performance.now() - startedMs).toBeLessThan(500);
    expect((await ended).map(({ status }) => status)).toEqual(Array(3).fill('rejected'));
    await idleClosed;
    expect(sim.counts.inFlight).toBe(0);
    expect((await start({ port: sim.port })).port).toBe(sim.port);
  });

  test('answer each of many calls at once with its own answer', async () => {
    const sim = await start({ answer: 'echo', faults: parseFaults('mixed=10%') });
    const right = async (row: number) => {
      for (let attempt = 1; attempt <= 4; attempt++) {
        const answer = await chat(sim, `row ${row}`).catch(() => undefined);
        if (answer?.json?.choices?.[0]) return answer.json.choices[0].message.content as string;
      }
      return 'none';
    };
    const rows = Array.from({ length: 150 }, (_, row) => row);
    expect(await Promise.all(rows.map(right))).toEqual(rows.map((row) => `echo: row ${row}`));
    expect(sim.counts.answered).toBe(150);
    expect(sim.counts.faults).toBeGreaterThan(3);
  });

  test('give the n-th request the same fate for the same seed', async () => {
    const fates = async (seed: number) => {
      const sim = await start({ seed, faults: parseFaults('500=30%,html=30%') });
      for (let index = 0; index < 30; index++) await chat(sim, 'hi');
      return sim.requests.map(({ fault }) => fault);
    };
    const first = await fates(4);
    expect(await fates(4)).toEqual(first);
    expect(await fates(5)).not.toEqual(first);
  });

  test('take as long as their latency, and stream the first piece before the end', async () => {
    const sim = await start({ latency: { kind: 'fixed', ms: 200 }, answer: 'echo' });
    const startedMs = performance.now();
    await chat(sim, 'hi');
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(195);
    const response = await fetch(`${sim.url}/v1/chat/completions`, {
      method: 'POST',
      body: JSON.stringify({
        model: 'm',
        stream: true,
        messages: [{ role: 'user', content: 'one two three four five' }],
      }),
    });
    const streamedMs = performance.now();
    await response.text();
    expect(performance.now() - streamedMs).toBeGreaterThan(80);
  });

  test('take answers from a function', async () => {
    const sim = await start({ answer: ({ prompt, model }) => `${model}: ${prompt.length}` });
    expect((await chat(sim, 'four')).json.choices[0].message.content).toBe('m: 4');
  });

  test('know the simulated models by name, each with its protocol, price and limits', async () => {
    const sim = await start({ models: SIM_MODELS });
    const known = (await (await fetch(`${sim.url}/v1/models`)).json()) as {
      data: { id: string }[];
    };
    expect(known.data.map(({ id }) => id)).toEqual([
      'quick',
      'careful',
      'moody',
      'slow',
      'scholar',
      'member',
      'judge',
      'test',
    ]);
    expect(new Set(SIM_MODELS.map(({ protocol }) => protocol)).size).toBe(5);
    expect((await chat(sim, 'hi', { model: 'nobody' })).status).toBe(404);
  });
});

describe("the model that stands for prompto's `test` API", () => {
  const ask = async (sim: Sim, more: object) => chat(sim, 'hi', { model: 'test', ...more });
  const quick = { models: [{ name: 'test', raisesErrors: true }] };

  test.each([
    [{ raise_error: 'True' }, 400, 'ValueError'],
    [{ raise_error: 'yes', raise_error_type: 'ValueError' }, 400, 'ValueError'],
    [{ raise_error: true, raise_error_type: 'Exception' }, 409, 'Exception'],
  ])('fails as %j asks', async (parameters, status, code) => {
    const answer = await ask(await start(quick), parameters);
    expect([answer.status, answer.json.error.code]).toEqual([status, code]);
  });

  test.each(['False', 'no', false])('answers where raise_error is %j', async (raise_error) => {
    const answer = await ask(await start(quick), { raise_error });
    expect(answer.json.choices[0].message.content).toBe('This is a test response');
  });

  test('fails one time in five where the request does not say it', async () => {
    const sim = await start(quick);
    const answers = await Promise.all(Array.from({ length: 200 }, () => ask(sim, {})));
    const failed = answers.filter(({ status }) => status === 400).length;
    expect(failed).toBeGreaterThan(20);
    expect(failed).toBeLessThan(60);
  });
});

describe('the host that a request names', () => {
  async function statusFor(host: string): Promise<string> {
    const sim = await start();
    const socket = connect(sim.port, '127.0.0.1');
    socket.write(`GET /v1/models HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    let answer = '';
    for await (const bytes of socket) answer += String(bytes);
    return answer.split(' ')[1] ?? '';
  }

  test.each(['127.0.0.1', '127.0.0.1:4010', 'localhost:4010', 'api.localhost', '[::1]:80'])(
    'is served when it is this machine: %s',
    async (host) => {
      expect(await statusFor(host)).toBe('200');
    },
  );

  test.each([
    'evil.example',
    'evil.example:4010',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'evil-localhost',
    '0.0.0.0',
    '169.254.169.254',
    '127.0.0.1@evil.example',
    '[::ffff:7f00:1]',
  ])('is refused when it is another: %s', async (host) => {
    expect(await statusFor(host)).toBe('403');
  });
});
