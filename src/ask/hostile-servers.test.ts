import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { FakeModel, type FakeReply } from '../../test/support/fake-model.ts';
import { pumpBench } from '../../test/support/pump-bench.ts';
import { CallError } from '../core/call-error.ts';
import { Limiter } from '../scheduler/index.ts';

const MINUTE_MS = 60_000;
const TIMEOUT_MS = 10_000;
const MAX_WAIT_MS = 10 * MINUTE_MS;

/** What a server does to every call for a while. */
interface Phase {
  readonly lastsMs: number;
  readonly does: 'answer' | 'fail' | 'refuse' | 'reset' | 'hang';
  readonly retryAfterMs: number | undefined;
}

const bad = fc.constantFrom<Phase['does'][]>('fail', 'refuse', 'reset', 'hang');
const quick = fc.constantFrom<Phase['does'][]>('fail', 'refuse', 'reset');
const badPhase = (does: fc.Arbitrary<Phase['does']>): fc.Arbitrary<Phase> =>
  fc.record({
    lastsMs: fc.integer({ min: 50, max: MINUTE_MS / 2 }),
    does,
    retryAfterMs: fc.constantFrom(undefined, undefined, 0, 300, 5_000),
  });
const goodPhase: fc.Arbitrary<Phase> = fc.record({
  lastsMs: fc.integer({ min: 200, max: 3_000 }),
  does: fc.constant('answer'),
  retryAfterMs: fc.constant(undefined),
});

const world = (does: fc.Arbitrary<Phase['does']>) =>
  fc.record({
    phases: fc.array(fc.tuple(goodPhase, badPhase(does)), { minLength: 1, maxLength: 3 }),
    startsBad: fc.boolean(),
    calls: fc.array(fc.integer({ min: 2, max: 40 }), { minLength: 1, maxLength: 4 }),
    concurrency: fc.integer({ min: 1, max: 8 }),
    shared: fc.boolean(),
  });
type World = ReturnType<typeof world> extends fc.Arbitrary<infer W> ? W : never;

function replyOf({ does, retryAfterMs }: Phase): FakeReply {
  switch (does) {
    case 'answer':
      return { latencyMs: 40 };
    case 'fail': {
      const error = new CallError('server_error', 'down', { httpStatus: 503, retryAfterMs });
      return { latencyMs: 5, error };
    }
    case 'refuse': {
      const error = new CallError('rate_limited', 'slower', { httpStatus: 429, retryAfterMs });
      return { latencyMs: 5, error };
    }
    case 'reset':
      return { latencyMs: 5, error: new CallError('connection_reset', 'reset') };
    case 'hang':
      return { hangs: true };
  }
}

/** Asks a server that does what its phases say, and then the last one for ever. */
async function ask(given: World, forEver: Phase['does']) {
  const clock = new FakeClock();
  const list = given.phases.flat().slice(given.startsBad ? 1 : 0);
  const phaseNow = (): Phase => {
    let endMs = 0;
    for (const phase of list) {
      endMs += phase.lastsMs;
      if (clock.monotonicMs() < endMs) return phase;
    }
    return { lastsMs: 0, does: forEver, retryAfterMs: list.at(-1)?.retryAfterMs };
  };
  const model = new FakeModel(clock, () => replyOf(phaseNow()));
  const all = new Limiter('all', { concurrency: given.concurrency }, 0);
  const lanes = given.calls.map((calls, k) => {
    const own = new Limiter(String(k), { concurrency: given.concurrency }, 0);
    return { model, calls, limits: [given.shared ? all : own] };
  });
  const options = { attempts: 5, timeoutMs: TIMEOUT_MS, maxWaitMs: MAX_WAIT_MS, stopAfter: 10 };
  const { pump, answers } = pumpBench(clock, lanes, options);
  const status = await clock.runUntil(pump.run());
  expect(new Set(answers.map(({ key }) => key.row)).size).toBe(answers.length);
  expect(clock.pendingTimers).toBe(0);
  expect(model.inFlight).toBe(0);
  const lanesAtOnce = given.shared ? 1 : lanes.length;
  expect(model.mostInFlight).toBeLessThanOrEqual(given.concurrency * lanesAtOnce);
  const phasesMs = list.reduce((sum, { lastsMs }) => sum + lastsMs, 0);
  return { status, answers, model, phasesMs, ms: clock.monotonicMs() };
}

describe('a server that fails, refuses, resets and hangs in any rhythm', () => {
  it('loses no row but of the last in flight of a lane, once it answers for good', async () => {
    await fc.assert(
      // A call that hung has failed when others were answered, which is an attempt.
      fc.asyncProperty(world(quick), async (given) => {
        const { status, answers, phasesMs, ms } = await ask(given, 'answer');
        const calls = given.calls.reduce((sum, count) => sum + count, 0);
        expect(answers).toHaveLength(calls);
        for (const { state, failed } of status) {
          expect(state).toBe('done');
          // Of the last in flight, those that had failed alone before have nothing to be compared with.
          expect(failed).toBeLessThanOrEqual(given.concurrency);
        }
        expect(ms).toBeLessThan(phasesMs * 1.3 + 2 * MINUTE_MS);
      }),
      { numRuns: 80 },
    );
  });

  it('ends its lanes in bounded time when it never answers again', async () => {
    await fc.assert(
      fc.asyncProperty(world(bad), bad, async (given, forEver) => {
        const { status, phasesMs, ms } = await ask(given, forEver);
        for (const { state, inFlight } of status) {
          expect(['done', 'failed', 'parked']).toContain(state);
          expect(inFlight).toBe(0);
        }
        expect(ms).toBeLessThan(phasesMs + MAX_WAIT_MS + 3 * MINUTE_MS);
      }),
      { numRuns: 80 },
    );
  });
});
