import { expect, it } from 'vitest';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { FakeModel } from '../../test/support/fake-model.ts';
import { pumpBench } from '../../test/support/pump-bench.ts';
import { CallError } from '../core/call-error.ts';
import { Pace } from './pace.ts';

const CALLS = 200;
const PER_SECOND = 10;

/** A model behind a bucket of `PER_SECOND`, which says how long to wait. */
function limitedModel(clock: FakeClock, latencyMs: number): FakeModel {
  let level = PER_SECOND / 4;
  let updatedMs = 0;
  return new FakeModel(clock, () => {
    const nowMs = clock.monotonicMs();
    level = Math.min(PER_SECOND / 4, level + ((nowMs - updatedMs) * PER_SECOND) / 1_000);
    updatedMs = nowMs;
    if (level >= 1) {
      level--;
      return { latencyMs };
    }
    const retryAfterMs = ((1 - level) / PER_SECOND) * 1_000;
    return {
      latencyMs: 1,
      error: new CallError('rate_limited', 'slow', { httpStatus: 429, retryAfterMs }),
    };
  });
}

it('does not flood an endpoint whose limit is not known, and goes on at half its pace at least', async () => {
  const clock = new FakeClock();
  const model = limitedModel(clock, 450);
  const { pump, answers } = pumpBench(clock, [
    { model, calls: CALLS, limits: { concurrency: 64 } },
  ]);
  await clock.runUntil(pump.run());
  expect(answers.filter(({ status }) => status === 'ok')).toHaveLength(CALLS);
  expect(model.requests.length).toBeLessThan(CALLS * 2);
  expect(clock.monotonicMs()).toBeLessThan((CALLS / PER_SECOND) * 1_000 * 2.5);
});

it('cuts once for each episode and always allows one call', () => {
  const pace = new Pace();
  expect(pace.allows(10_000)).toBe(true);
  pace.noteSlowDown(64);
  expect([pace.allows(31), pace.allows(32)]).toEqual([true, false]);
  for (let episode = 0; episode < 20; episode++) pace.noteSlowDown(1);
  expect([pace.allows(0), pace.allows(1)]).toEqual([true, false]);
});

it('opens the window only by answers that came while it was used', () => {
  const pace = new Pace();
  pace.noteSlowDown(8);
  for (let answer = 0; answer < 1_000; answer++) pace.noteAnswered(1);
  expect(pace.allows(4)).toBe(false);
  for (let answer = 0; answer < 16; answer++) pace.noteAnswered(4);
  expect(pace.allows(4)).toBe(true);
});
