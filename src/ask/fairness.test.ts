import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { FakeModel } from '../../test/support/fake-model.ts';
import { pumpBench } from '../../test/support/pump-bench.ts';
import { Limiter, type Limits } from '../scheduler/index.ts';

describe('lanes that share a limiter', () => {
  it('get the same share, give or take one, at every moment', async () => {
    const limitsToTry: fc.Arbitrary<Limits> = fc.oneof(
      fc.record({ concurrency: fc.integer({ min: 1, max: 12 }) }),
      fc.record({ requestsPerMinute: fc.integer({ min: 200, max: 30_000 }) }),
      fc.record({
        concurrency: fc.integer({ min: 1, max: 12 }),
        requestsPerMinute: fc.integer({ min: 200, max: 30_000 }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(limitsToTry, fc.integer({ min: 2, max: 7 }), async (limits, lanes) => {
        const clock = new FakeClock();
        const limiter = new Limiter('shared', limits, 0);
        const model = new FakeModel(clock, () => ({ latencyMs: 40 }));
        const bench = pumpBench(
          clock,
          Array.from({ length: lanes }, () => ({ model, calls: 30, limits: [limiter] })),
        );
        await clock.runUntil(bench.pump.run());
        const started = Array(lanes).fill(0);
        for (const { text } of model.requests.slice(0, lanes * 29)) {
          started[Number(text.split(' ')[0])]++;
          expect(Math.max(...started) - Math.min(...started)).toBeLessThanOrEqual(1);
        }
        expect(limiter.inFlight).toBe(0);
      }),
      { numRuns: 30 },
    );
  });

  it('are not held up by one that is blocked by a limiter of its own', async () => {
    const clock = new FakeClock();
    const shared = new Limiter('shared', { concurrency: 2 }, 0);
    const own = new Limiter('own', { requestsPerMinute: 1 }, 0);
    const model = new FakeModel(clock, () => ({ latencyMs: 100 }));
    const bench = pumpBench(clock, [
      { model, calls: 3, limits: [shared, own] },
      { model, calls: 100, limits: [shared] },
    ]);
    const done = bench.pump.run();
    await clock.advance(6_000);
    const [slow, quick] = bench.pump.status();
    expect(quick).toMatchObject({ state: 'done', answered: 100 });
    expect(slow).toMatchObject({ state: 'running', answered: 1, waiting: { reason: 'requests' } });
    await clock.runUntil(done);
    expect(bench.pump.status()[0]).toMatchObject({ state: 'done', answered: 3 });
  });

  it('are served after one in front of them has failed or was told to stop', async () => {
    const clock = new FakeClock();
    const shared = new Limiter('shared', { requestsPerMinute: 600 }, 0);
    const model = new FakeModel(clock, () => ({ latencyMs: 5 }));
    const stopped = pumpBench(clock, [{ model, calls: 50, limits: [shared] }]);
    const other = pumpBench(clock, [{ model, calls: 50, limits: [shared] }]);
    const both = Promise.all([stopped.pump.run(), other.pump.run()]);
    await clock.advance(1_050);
    stopped.drain.abort();
    await clock.runUntil(both);
    expect(other.answers).toHaveLength(50);
    expect(clock.pendingTimers).toBe(0);
  });

  it('are woken, not polled: a few timers for each start, few at any time', async () => {
    const clock = new FakeClock();
    let timers = 0;
    let most = 0;
    const after = clock.after.bind(clock);
    clock.after = (delayMs, callback) => {
      timers++;
      const cancel = after(delayMs, callback);
      most = Math.max(most, clock.pendingTimers);
      return cancel;
    };
    const usual = { reference: 'fake/quick', severalChoices: true };
    const generation = await new FakeModel(clock).generate(
      { messages: [], parameters: {}, choices: 1 },
      { signal: new AbortController().signal },
    );
    const model = { ...usual, generate: () => Promise.resolve(generation) };
    const limiter = new Limiter('shared', { requestsPerMinute: 60 }, 0);
    const lanes = Array.from({ length: 10 }, () => ({ model, calls: 20, limits: [limiter] }));
    await clock.runUntil(pumpBench(clock, lanes, { timeoutMs: 1e9 }).pump.run());
    // The first in the queue sets one when it becomes first, and one when the call before it ends.
    expect(timers).toBeLessThanOrEqual(2 * 200 + 10);
    // Each lane keeps one for its deadlines, and may have one for the limiter.
    expect(most).toBeLessThanOrEqual(20);
  });
});
