import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { FakeModel, type FakeReply } from '../../test/support/fake-model.ts';
import { callsOf, listSource, type PumpBench, pumpBench } from '../../test/support/pump-bench.ts';
import type { Answer } from '../core/answer.ts';
import { CallError } from '../core/call-error.ts';
import { CALL_ERRORS, type CallErrorCode } from '../core/error-catalogue.ts';
import { Limiter, type Limits } from '../scheduler/index.ts';
import type { Call } from './call.ts';

const codes = Object.keys(CALL_ERRORS) as CallErrorCode[];
const gentleCodes = codes.filter((code) =>
  ['call', 'row', 'wait'].includes(CALL_ERRORS[code].scope),
);

const failure = (among: readonly CallErrorCode[]): fc.Arbitrary<FakeReply> =>
  fc.record({
    error: fc
      .record({
        code: fc.constantFrom(...among),
        httpStatus: fc.constantFrom(undefined, 200, 429, 503),
        retryAfterMs: fc.constantFrom(undefined, 0, 700, 45_000),
      })
      .map(({ code, ...details }) => new CallError(code, code, details)),
    latencyMs: fc.constantFrom(0, 1, 300),
  });

const good: fc.Arbitrary<FakeReply> = fc.record({ latencyMs: fc.constantFrom(0, 5, 90, 1_500) });
const odd: fc.Arbitrary<FakeReply> = fc.constantFrom(
  { hangs: true },
  { hangs: true, ignoresAbort: true },
  { error: new Error('no CallError'), latencyMs: 20 },
  { error: 'a string' },
);
const replies = (among: readonly CallErrorCode[]) =>
  fc.array(fc.oneof({ weight: 3, arbitrary: good }, failure(among), odd), {
    minLength: 3,
    maxLength: 24,
  });

const limits: fc.Arbitrary<Limits> = fc.record({
  concurrency: fc.integer({ min: 1, max: 5 }),
  requestsPerMinute: fc.option(fc.integer({ min: 30, max: 5_000 }), { nil: undefined }),
  tokensPerMinute: fc.option(fc.integer({ min: 5_000, max: 100_000 }), { nil: undefined }),
});

const world = (among: readonly CallErrorCode[]) =>
  fc.record({
    lanes: fc.array(
      fc.record({ calls: fc.integer({ min: 0, max: 14 }), limits, replies: replies(among) }),
      { minLength: 1, maxLength: 4 },
    ),
    shared: fc.option(limits, { nil: undefined }),
    sourceDelayMs: fc.constantFrom(undefined, 0, 30),
    turns: fc.integer({ min: 1, max: 3 }),
  });
type World = typeof world extends (_: never) => fc.Arbitrary<infer W> ? W : never;

/** Builds the pump of a world; every lane has its own model, so that each is its own witness. */
function build(clock: FakeClock, { lanes, shared, sourceDelayMs, turns }: World) {
  const common = shared && new Limiter('shared', shared, 0);
  const models = lanes.map(({ replies: script }) => {
    let next = 0;
    return new FakeModel(clock, () => script[next++ % script.length]!);
  });
  const owns = lanes.map((lane, k) => new Limiter(`own ${k}`, lane.limits, 0));
  const list = listSource(
    lanes.map(({ calls }, k) => callsOf({ model: models[k]!, calls, name: String(k) }, k)),
  );
  const answers: Answer[] = [];
  const bench: PumpBench = pumpBench(
    clock,
    lanes.map(({ calls }, k) => ({
      model: models[k]!,
      calls,
      limits: common ? [owns[k]!, common] : [owns[k]!],
    })),
    {
      timeoutMs: 2_000,
      source: {
        next: (lane) => {
          const call = list.next(lane) as Call | undefined;
          if (sourceDelayMs === undefined) return call;
          if (sourceDelayMs === 0) return Promise.resolve(call);
          return new Promise((resolve) => clock.after(sourceDelayMs, () => resolve(call)));
        },
      },
      sink: {
        write: (answer, call) => {
          answers.push(answer);
          const turn = Number(call.key.name.slice(5)) + 1;
          if (answer.status === 'error' || turn === turns) return;
          const lane = Math.floor(call.key.row / 1_000_000);
          bench.pump.add(lane, { ...call, key: { ...call.key, name: `turn/${turn}` } });
        },
      },
    },
  );
  return { ...bench, answers, models, limiters: common ? [...owns, common] : owns };
}

function expectCleanEnd(run: ReturnType<typeof build>, { lanes }: World): void {
  const names = run.answers.map(({ key }) => `${key.row} ${key.name}`);
  expect(new Set(names).size).toBe(names.length);
  for (const limiter of run.limiters) expect(limiter.inFlight).toBe(0);
  run.models.forEach((model, k) => {
    const ignored = lanes[k]!.replies.some(({ ignoresAbort }) => ignoresAbort);
    if (ignored) return;
    expect(model.inFlight).toBe(0);
    expect(model.mostInFlight).toBeLessThanOrEqual(lanes[k]!.limits.concurrency!);
  });
  for (const status of run.pump.status()) expect(status.inFlight).toBe(0);
}

describe('whatever models and sources do', () => {
  it('every call of a lane that is done has one answer, and a retry is a request more', async () => {
    await fc.assert(
      fc.asyncProperty(world(gentleCodes), async (given) => {
        const clock = new FakeClock();
        const run = build(clock, given);
        const lanes = await clock.runUntil(run.pump.run());
        expectCleanEnd(run, given);
        expect(clock.pendingTimers).toBe(0);
        lanes.forEach((lane, k) => {
          expect(lane.state).toBe('done');
          const rows = run.answers.filter(
            ({ key }) => Math.floor(key.row / 1_000_000) === k && key.name === 'turn/0',
          );
          expect(rows).toHaveLength(given.lanes[k]!.calls);
          expect(run.models[k]!.requests).toHaveLength(lane.answered + lane.retries);
        });
      }),
      { numRuns: 60 },
    );
  });

  it('a lane ends failed, parked or done, and nothing is left of it', async () => {
    await fc.assert(
      fc.asyncProperty(world(codes), async (given) => {
        const clock = new FakeClock();
        const run = build(clock, given);
        const lanes = await clock.runUntil(run.pump.run());
        expectCleanEnd(run, given);
        for (const lane of lanes) {
          expect(['done', 'failed', 'parked']).toContain(lane.state);
          expect(lane.error === null).toBe(lane.state === 'done');
        }
      }),
      { numRuns: 60 },
    );
  });

  it('no call starts after a stop, and an abort leaves nothing behind', async () => {
    await fc.assert(
      fc.asyncProperty(
        world(codes),
        fc.integer({ min: 0, max: 4_000 }),
        fc.constantFrom('drain' as const, 'abort' as const),
        async (given, stopMs, how) => {
          const clock = new FakeClock();
          const run = build(clock, given);
          const done = run.pump.run();
          await clock.advance(stopMs);
          const asked = () => run.models.reduce((sum, { requests }) => sum + requests.length, 0);
          const before = asked();
          const inFlight = run.pump.status().reduce((sum, lane) => sum + lane.inFlight, 0);
          const answeredBefore = run.answers.length;
          run[how].abort();
          await clock.runUntil(done);
          expect(asked()).toBe(before);
          expectCleanEnd(run, given);
          const answered = run.answers.length - answeredBefore;
          expect(answered).toBeLessThanOrEqual(how === 'abort' ? 0 : inFlight);
          const takesMs = how === 'abort' ? 100 : 2_100;
          expect(clock.monotonicMs()).toBeLessThanOrEqual(stopMs + takesMs);
          await clock.advance(40);
          expect(clock.pendingTimers).toBe(0);
        },
      ),
      { numRuns: 80 },
    );
  });
});
