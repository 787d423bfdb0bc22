import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BusyServer, busyModel } from '../../test/support/busy-server.ts';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { FakeModel, type FakeReply } from '../../test/support/fake-model.ts';
import { pumpBench } from '../../test/support/pump-bench.ts';
import { CallError, type CallErrorDetails } from '../core/call-error.ts';
import type { CallErrorCode } from '../core/error-catalogue.ts';
import { Limiter, SLOW_START } from '../scheduler/index.ts';
import { EndpointKnowledge } from './endpoint-knowledge.ts';
import type { PumpOptions } from './pump.ts';

const fail = (code: CallErrorCode, details: CallErrorDetails = {}, latencyMs = 10): FakeReply => ({
  error: new CallError(code, `it is ${code}`, details),
  latencyMs,
});

/** Asks calls of a server; `concurrency` undefined: nobody has set it. */
async function ask(
  server: BusyServer,
  calls: number,
  concurrency?: number,
  options: Partial<PumpOptions> = {},
) {
  const clock = new FakeClock();
  const model = busyModel(clock, server);
  const limiter = new Limiter('0', { concurrency: concurrency ?? SLOW_START.most }, 0);
  const known = new EndpointKnowledge(concurrency === undefined ? SLOW_START : undefined);
  const { pump, answers } = pumpBench(clock, [{ model, calls, limits: [limiter], known }], {
    attempts: 5,
    timeoutMs: 300_000,
    ...options,
  });
  const [status] = await clock.runUntil(pump.run());
  const lost = answers.filter((answer) => answer.status === 'error');
  return { model, answers, lost, status: status!, ms: clock.monotonicMs() };
}

describe('an overloaded server', () => {
  it('loses no row in 30 s of 503, not even one with a single attempt, and is seen to be back soon', async () => {
    const outages = [[2_000, 32_000]] as const;
    for (const attempts of [1, 5]) {
      const run = await ask({ slots: 64, serviceMs: 50, outages }, 8_000, 64, { attempts });
      expect(run.lost).toEqual([]);
      expect(run.answers).toHaveLength(8_000);
      expect(run.ms).toBeLessThan(1.15 * (30_000 + (8_000 / 64) * 50));
      const during = run.model.requests.filter(
        ({ startMs }) => startMs > 2_100 && startMs < 32_000,
      );
      expect(during.length).toBeLessThan(60);
    }
  });

  it('is waited for while it loads its model, by lanes that were never answered', async () => {
    for (const calls of [4, 12, 100]) {
      const run = await ask({ slots: 8, serviceMs: 100, outages: [[0, 20_000]] }, calls);
      expect(run.lost).toEqual([]);
      expect(run.ms).toBeLessThan(20_000 * 1.15 + (calls / 8) * 100 + 1_000);
    }
  });

  it('is not asked for more than it can answer in half the time-out, once that shows', async () => {
    const one = { slots: 1, serviceMs: 250 };
    const four = { slots: 4, serviceMs: 500 };
    for (const [server, calls, idealMs] of [
      [one, 100, 25_000],
      [four, 240, 30_000],
    ] as const) {
      for (const concurrency of [undefined, 64]) {
        const run = await ask(server, calls, concurrency, { timeoutMs: 5_000 });
        expect(run.lost).toEqual([]);
        // What was sent too much at first is worked on in vain.
        expect(run.ms).toBeLessThan(idealMs * (concurrency === undefined ? 1.15 : 1.6));
      }
    }
  });

  it('that refuses what is too much loses no row, and most of its slots stay in use', async () => {
    for (const concurrency of [undefined, 64]) {
      const run = await ask({ slots: 4, serviceMs: 300, whenFull: 'refuse' }, 400, concurrency);
      expect(run.lost).toEqual([]);
      expect(run.ms).toBeLessThan((400 / 4) * 300 * 1.15);
    }
  });

  it('is asked on meanwhile when it lets calls in that take long', async () => {
    const clock = new FakeClock();
    const model = new FakeModel(clock, () =>
      clock.monotonicMs() < 500 ? fail('server_error', { httpStatus: 503 }) : { latencyMs: 60_000 },
    );
    const lane = { model, calls: 32, limits: { concurrency: 16 } };
    const { pump, answers } = pumpBench(clock, [lane], { timeoutMs: 300_000 });
    await clock.runUntil(pump.run());
    expect(answers.every(({ status }) => status === 'ok')).toBe(true);
    expect(answers).toHaveLength(32);
    expect(clock.monotonicMs()).toBeLessThan(2.1 * 60_000);
  });

  it('has its window back at once when it still works on most of what it was sent', async () => {
    const clock = new FakeClock();
    let fails = 0;
    let asked = 0;
    const model = new FakeModel(clock, () => {
      const isBlip = clock.monotonicMs() >= 60_000 && fails < 6;
      if (!isBlip) return { latencyMs: 40_000 + 1_000 * (asked++ % 20) };
      fails++;
      return fail('server_error', { httpStatus: 503 });
    });
    const lane = { model, calls: 400, limits: { concurrency: 16 } };
    const { pump } = pumpBench(clock, [lane], { timeoutMs: 300_000 });
    const done = pump.run();
    await clock.advance(90_000);
    expect(fails).toBe(6);
    expect(pump.status()[0]?.inFlight).toBe(16);
    await clock.runUntil(done);
  });

  it('ends its lane after 10 minutes if it had answered, after 2 if it never had; what it said is told', async () => {
    for (const [answersUntilMs, minutes] of [
      [1_000, 10],
      [0, 2],
    ] as const) {
      const server = { slots: 4, serviceMs: 20, outages: [[answersUntilMs, 1e9]] } as const;
      const { status, ms, lost } = await ask(server, 10_000, 4);
      expect(status).toMatchObject({ state: 'failed', error: { code: 'server_error' } });
      expect(status.error?.message).toMatch(
        /^nothing was answered for .*, since 2026-01-01 00:00:0\d UTC: down for repair/,
      );
      expect(lost).toEqual([]);
      expect(ms).toBeGreaterThanOrEqual(minutes * 60_000);
      expect(ms).toBeLessThan(minutes * 60_000 + 2_000);
    }
  });

  it('is waited for as long as it asks itself, and parks its lane when that is too long', async () => {
    const clock = new FakeClock();
    const model = new FakeModel(clock, () =>
      clock.monotonicMs() < 150_000
        ? fail('server_error', { httpStatus: 503, retryAfterMs: 150_000 - clock.monotonicMs() })
        : { latencyMs: 10 },
    );
    const bench = pumpBench(clock, [{ model, calls: 20 }], { attempts: 5 });
    expect(await clock.runUntil(bench.pump.run())).toMatchObject([{ state: 'done', failed: 0 }]);
    expect(clock.monotonicMs()).toBeLessThan(151_000);
    const short = new FakeClock();
    const away = new FakeModel(short, () =>
      fail('server_error', { httpStatus: 503, retryAfterMs: 7_200_000 }),
    );
    const parked = pumpBench(short, [{ model: away, calls: 20 }], { maxWaitMs: 3_600_000 });
    const [status] = await short.runUntil(parked.pump.run());
    expect(status).toMatchObject({ state: 'parked', answered: 0 });
    expect(status?.error?.message).toMatch(/^asked to wait until 2026-01-01 02:00:00 UTC: /);
  });

  it('is not waited for beyond patience because it names a time again with each failure', async () => {
    for (const [toldMs, mostMs] of [
      [5_000, 130_000],
      [100_000, 230_000],
      [1_200_000, 1_210_000],
    ] as const) {
      const clock = new FakeClock();
      const model = new FakeModel(clock, () =>
        fail('server_error', { httpStatus: 503, retryAfterMs: toldMs }),
      );
      const bench = pumpBench(clock, [{ model, calls: 20 }], { maxWaitMs: 3_600_000 });
      const done = bench.pump.run();
      await clock.advance(mostMs);
      expect(bench.pump.status()).toMatchObject([{ state: 'failed', answered: 0 }]);
      await clock.runUntil(done);
    }
  });

  it('says since when it fails and in which words', async () => {
    const clock = new FakeClock();
    const model = busyModel(clock, { slots: 4, serviceMs: 10, outages: [[100, 60_000]] });
    const { pump } = pumpBench(clock, [{ model, calls: 1_000 }], { attempts: 5 });
    const done = pump.run();
    await clock.advance(30_000);
    const { waiting } = pump.status()[0]!;
    expect(waiting).toMatchObject({ reason: 'failing', said: 'down for repair' });
    expect(waiting?.sinceMs).toBeGreaterThanOrEqual(100);
    expect(waiting?.sinceMs).toBeLessThan(200);
    await clock.runUntil(done);
  });
});

describe('a failure of the server while others are answered', () => {
  it('counts against the attempts of its call, which are never more than allowed', async () => {
    for (const attempts of [1, 3, 5]) {
      const fails = (text: string) => Number(text.split(' ')[1]) % 10 === 7;
      const run = await ask({ slots: 64, serviceMs: 100, fails }, 400, 16, { attempts });
      expect(run.lost).toHaveLength(40);
      expect(run.status.state).toBe('done');
      for (const { attempts: tries } of run.lost) expect(tries).toBeLessThanOrEqual(attempts + 1);
      expect(run.ms).toBeLessThan(60_000);
    }
  });

  it('counts by itself where there is only one call, and where every try is to count', async () => {
    const always = { slots: 1, serviceMs: 10, fails: () => true };
    const one = await ask(always, 1, 4);
    expect(one.lost).toMatchObject([{ attempts: 5, error: { code: 'server_error' } }]);
    const three = await ask(always, 3, 4, { everyTryCounts: true });
    expect(three.lost.map(({ attempts }) => attempts)).toEqual([5, 5, 5]);
    expect(three.ms).toBeLessThan(20_000);
  });

  it('does not slow down a lane of which one call in eight fails now and then', async () => {
    const clock = new FakeClock();
    let asked = 0;
    const model = new FakeModel(clock, () =>
      asked++ % 8 === 3 ? fail('server_error', { httpStatus: 500 }, 30) : { latencyMs: 50 },
    );
    const { pump, answers } = pumpBench(
      clock,
      [{ model, calls: 6_400, limits: { concurrency: 64 } }],
      { attempts: 8 },
    );
    await clock.runUntil(pump.run());
    expect(answers.filter(({ status }) => status === 'error').length).toBe(0);
    const idealMs = ((6_400 * 8) / 7 / 64) * 50;
    const inTime = model.requests.filter(({ startMs }) => startMs < idealMs * 1.15);
    expect(inTime.length).toBeGreaterThan(0.98 * model.requests.length);
  });
});

describe('whatever a server bears', () => {
  const server = fc.record({
    slots: fc.integer({ min: 1, max: 40 }),
    serviceMs: fc.constantFrom(5, 100, 900),
    whenFull: fc.constantFrom('queue' as const, 'refuse' as const),
    outages: fc.array(
      fc
        .tuple(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 1, max: 60_000 }))
        .map(([fromMs, lastsMs]) => [fromMs, fromMs + lastsMs] as const),
      { maxLength: 2 },
    ),
  });

  it('every call has one answer, none is lost, and no lane has more in flight than its limit', async () => {
    await fc.assert(
      fc.asyncProperty(
        server,
        fc.integer({ min: 2, max: 150 }),
        fc.option(fc.integer({ min: 1, max: 64 }), { nil: undefined }),
        fc.integer({ min: 1, max: 5 }),
        async (given, calls, concurrency, most) => {
          // Where some are served and some refused, each refusal that others pass by is an attempt.
          const attempts = given.whenFull === 'refuse' ? 5 : most;
          const run = await ask(given, calls, concurrency, { attempts, timeoutMs: 60_000 });
          expect(run.status).toMatchObject({ state: 'done', answered: calls });
          expect(new Set(run.answers.map(({ key }) => key.row)).size).toBe(calls);
          // The last call of a lane has nothing to be compared with: each of its tries counts.
          expect(run.lost.length).toBeLessThanOrEqual(given.outages.length > 0 ? 1 : 0);
          expect(run.model.mostInFlight).toBeLessThanOrEqual(concurrency ?? SLOW_START.most);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('a call that can never be answered has its error, and holds up no other', async () => {
    await fc.assert(
      fc.asyncProperty(
        server,
        fc.integer({ min: 150, max: 300 }),
        fc.integer({ min: 3, max: 12 }),
        async (given, calls, every) => {
          const fails = (text: string) => Number(text.split(' ')[1]) % every === 0;
          // The last calls can be answered: there is something to compare with.
          const bad = (text: string) => fails(text) && Number(text.split(' ')[1]) < calls - 50;
          const queue = { ...given, whenFull: 'queue', outages: [], fails: bad } as const;
          const run = await ask(queue, calls, 8, { attempts: 3 });
          const wrong = run.lost.filter(({ key }) => !bad(`0 ${key.row}`));
          expect(wrong).toEqual([]);
          expect(run.status.answered).toBe(calls);
        },
      ),
      { numRuns: 40 },
    );
  });
});
