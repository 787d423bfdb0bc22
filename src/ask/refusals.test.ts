import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { FakeModel, type FakeReply } from '../../test/support/fake-model.ts';
import { pumpBench } from '../../test/support/pump-bench.ts';
import { CallError } from '../core/call-error.ts';
import { Limiter } from '../scheduler/index.ts';

const HOUR_MS = 3_600_000;

const refused = (said: string, retryAfterMs?: number): FakeReply => ({
  error: new CallError('rate_limited', said, { httpStatus: 429, said, retryAfterMs }),
  latencyMs: 10,
});
const good: FakeReply = { latencyMs: 50 };
const numberOf = (text: string) => Number(text.split(' ')[1]);

/** A model behind a bucket of one second's worth, which says how long to wait. */
function bucketModel(clock: FakeClock, perSecond: number): FakeModel {
  let level = perSecond;
  let updatedMs = 0;
  return new FakeModel(clock, () => {
    const nowMs = clock.monotonicMs();
    level = Math.min(perSecond, level + ((nowMs - updatedMs) * perSecond) / 1_000);
    updatedMs = nowMs;
    if (level < 1) return refused('too fast', ((1 - level) / perSecond) * 1_000);
    level--;
    return good;
  });
}

describe('a refusal that is about one request', () => {
  it("is that row's error after five more while others are answered, and holds up no other row", async () => {
    for (const retryAfterMs of [undefined, 0, 3_000]) {
      const clock = new FakeClock();
      const model = new FakeModel(clock, (text) =>
        text === '0 3' ? refused('Extra usage is required', retryAfterMs) : good,
      );
      const { pump, answers } = pumpBench(clock, [{ model, calls: 400 }]);
      expect(await clock.runUntil(pump.run())).toMatchObject([
        { state: 'done', answered: 400, failed: 1 },
      ]);
      expect(answers.find(({ error }) => error !== null)).toMatchObject({
        key: { row: 3 },
        attempts: 6,
        error: { code: 'rate_limited' },
      });
      const others = model.requests.filter(({ text }) => text !== '0 3');
      expect(others.at(-1)!.startMs).toBeLessThan((400 / 4) * 50 + 8_000);
    }
  });

  it('costs a lane with many such rows little, once the words are known', async () => {
    const clock = new FakeClock();
    const model = new FakeModel(clock, (text) =>
      numberOf(text) % 10 === 3 ? refused(`request ${numberOf(text)} is over the limit`) : good,
    );
    const { pump } = pumpBench(clock, [{ model, calls: 1_000, limits: { concurrency: 16 } }]);
    expect(await clock.runUntil(pump.run())).toMatchObject([
      { state: 'done', answered: 1_000, failed: 100 },
    ]);
    expect(model.requests.length).toBeLessThanOrEqual(900 + 100 * 8);
    expect(clock.monotonicMs()).toBeLessThan(60_000);
  });

  it('is not seen in the refusals of a limit that all calls share, however tight', async () => {
    for (const perSecond of [1, 10]) {
      const clock = new FakeClock();
      const model = bucketModel(clock, perSecond);
      const { pump, answers } = pumpBench(clock, [
        { model, calls: 40 * perSecond, limits: { concurrency: 64 } },
      ]);
      await clock.runUntil(pump.run());
      expect(answers.filter(({ status }) => status === 'error')).toEqual([]);
      expect(clock.monotonicMs()).toBeLessThan(40_000 * 2);
    }
  });
});

describe('lanes that share a limiter and a server with a limit', () => {
  it('wait each for itself: together they are as fast as one', async () => {
    for (const lanes of [1, 4]) {
      const clock = new FakeClock();
      const model = bucketModel(clock, 10);
      const group = new Limiter('group', { concurrency: 64 }, 0);
      const { pump, answers } = pumpBench(
        clock,
        Array.from({ length: lanes }, () => ({ model, calls: 40 / lanes, limits: [group] })),
      );
      await clock.runUntil(pump.run());
      expect(answers.filter(({ status }) => status === 'error')).toEqual([]);
      expect(clock.monotonicMs()).toBeLessThan(6_000);
    }
  });
});

describe('the longest wait of a lane', () => {
  it('parks one that is told to wait longer, says until when, and lets the others go on', async () => {
    const clock = new FakeClock();
    const model = new FakeModel(clock, (text) =>
      numberOf(text) < 20 ? good : refused('come back later', 2 * HOUR_MS),
    );
    const fine = new FakeModel(clock, () => good);
    const { pump, answers } = pumpBench(
      clock,
      [
        { model, calls: 100 },
        { model: fine, calls: 100 },
      ],
      { maxWaitMs: HOUR_MS },
    );
    const lanes = await clock.runUntil(pump.run());
    expect(lanes).toMatchObject([
      { state: 'parked', failed: 0, error: { code: 'rate_limited', said: 'come back later' } },
      { state: 'done', answered: 100 },
    ]);
    expect(lanes[0]?.error?.message).toMatch(
      /^asked to wait until 2026-01-01 02:00:0\d UTC: come back later/,
    );
    expect(answers.every(({ status }) => status === 'ok')).toBe(true);
  });

  it('parks one that is refused for longer without an answer, and waits for a shorter time', async () => {
    for (const [untilMs, state] of [
      [HOUR_MS / 2, 'done'],
      [9 * HOUR_MS, 'parked'],
    ] as const) {
      const clock = new FakeClock();
      const model = new FakeModel(clock, () =>
        clock.monotonicMs() < untilMs ? refused('slow down') : good,
      );
      const { pump } = pumpBench(clock, [{ model, calls: 20 }], { maxWaitMs: HOUR_MS });
      const [lane] = await clock.runUntil(pump.run());
      expect(lane).toMatchObject({ state, failed: 0 });
      expect(clock.monotonicMs()).toBeLessThan(HOUR_MS * 1.1);
    }
  });

  it('is any time where none is given', async () => {
    const clock = new FakeClock();
    const model = new FakeModel(clock, (_, number) =>
      number === 1 ? refused('tomorrow', 24 * HOUR_MS) : good,
    );
    const { pump } = pumpBench(clock, [{ model, calls: 20 }]);
    expect(await clock.runUntil(pump.run())).toMatchObject([{ state: 'done', failed: 0 }]);
  });

  it('tells meanwhile what the server said, and since when', async () => {
    const clock = new FakeClock();
    const model = new FakeModel(clock, () => refused('Extra usage is required'));
    const bench = pumpBench(clock, [{ model, calls: 20 }]);
    const done = bench.pump.run();
    await clock.advance(40_000);
    expect(bench.pump.status()[0]?.waiting).toMatchObject({
      reason: 'back-off',
      said: 'Extra usage is required',
      sinceMs: 10,
    });
    bench.abort.abort();
    await clock.runUntil(done);
  });
});
