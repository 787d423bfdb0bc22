import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BodyBudget, BudgetHolder } from './body-budget.ts';

const KIB = 1024;

/** An answer whose bytes come in pieces when it is read. */
class Arriving extends BudgetHolder {
  isPaused = false;
  readonly totalBytes: number;

  constructor(totalBytes: number) {
    super();
    this.totalBytes = totalBytes;
  }

  get isWhole(): boolean {
    return this.heldBytes >= this.totalBytes;
  }

  pause(): void {
    this.isPaused = true;
  }

  resume(): void {
    this.isPaused = false;
  }

  take(bytes: number, budget: BodyBudget): void {
    const taken = Math.min(bytes, this.totalBytes - this.heldBytes);
    this.heldBytes += taken;
    budget.add(this, taken);
  }
}

/** Lets all answers arrive in turns; gives the most bytes that were held at once. */
async function arrive(budget: BodyBudget, answers: readonly Arriving[], declares: boolean) {
  let most = 0;
  for (const answer of answers) budget.enter(answer, declares ? answer.totalBytes : Number.NaN);
  const open = new Set(answers);
  for (let turn = 0; open.size > 0; turn++) {
    expect(turn).toBeLessThan(10_000);
    const read = [...open].filter((answer) => !answer.isPaused);
    if (read.length === 0) throw new Error('all wait');
    for (const answer of read) {
      if (!answer.isPaused) answer.take(64 * KIB, budget);
      if (answer.isWhole) {
        open.delete(answer);
        budget.leave(answer);
      }
    }
    most = Math.max(
      most,
      [...open].reduce((sum, { heldBytes }) => sum + heldBytes, 0),
    );
    await Promise.resolve();
  }
  return most;
}

describe('BodyBudget', () => {
  it('lets nobody overtake an answer that waits, however many come', async () => {
    const budget = new BodyBudget(1_200 * KIB);
    // The first one is never made to wait, and hardly moves.
    budget.enter(new Arriving(50 * KIB), 50 * KIB);
    const large = new Arriving(900 * KIB);
    const others: Arriving[] = [];
    const come = () => {
      const answer = new Arriving(100 * KIB);
      others.push(answer);
      budget.enter(answer, answer.totalBytes);
    };
    for (let i = 0; i < 6; i++) come();
    // The youngest waits.
    budget.enter(large, Number.NaN);
    while (!large.isPaused) large.take(64 * KIB, budget);
    expect(large.isWhole).toBe(false);
    for (let turn = 0; !large.isWhole && turn < 200; turn++) {
      if (!large.isPaused) large.take(64 * KIB, budget);
      // As each ends, the next one comes.
      for (const answer of [...others]) {
        if (answer.isWhole || answer.isPaused) continue;
        answer.take(64 * KIB, budget);
        if (!answer.isWhole) continue;
        budget.leave(answer);
        come();
      }
      await Promise.resolve();
    }
    expect(large.isWhole).toBe(true);
  });

  it('reads thousands of streams of unknown length side by side', () => {
    const budget = new BodyBudget(16 * 1024 * KIB);
    const streams = Array.from({ length: 2_000 }, () => new Arriving(3 * KIB));
    for (const stream of streams) budget.enter(stream, Number.NaN);
    for (const stream of streams) stream.take(1 * KIB, budget);
    expect(streams.filter(({ isPaused }) => isPaused)).toEqual([]);
  });

  it('lets every answer come to its end, and holds no more than the limit and one answer', async () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 1, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(sizes, fc.boolean(), async (kibibytes, declares) => {
        const limit = 2_000 * KIB;
        const budget = new BodyBudget(limit);
        const answers = kibibytes.map((size) => new Arriving(size * KIB));
        const most = await arrive(budget, answers, declares);
        // Each that waits may get one more piece that was under way.
        expect(most).toBeLessThanOrEqual(limit + (3_000 + 64 * answers.length) * KIB);
        expect(budget.claimedBytes).toBe(0);
      }),
    );
  });

  it('makes the youngest wait, and reads on when there is room', async () => {
    const budget = new BodyBudget(256 * KIB);
    const [old, young] = [new Arriving(1e6), new Arriving(1e6)];
    for (const one of [old, young]) budget.enter(one, Number.NaN);
    for (let piece = 0; piece < 4; piece++) old.take(64 * KIB, budget);
    expect([old.isPaused, young.isPaused]).toEqual([false, true]);
    budget.leave(old);
    await Promise.resolve();
    expect(young.isPaused).toBe(false);
  });

  it('reads another answer when the one that is read hardly moves', () => {
    const budget = new BodyBudget(256 * KIB);
    const dripping = new Arriving(1e9);
    budget.enter(dripping, 1e9);
    const honest = Array.from({ length: 4 }, () => new Arriving(1e6));
    for (const one of honest) budget.enter(one, 1e6);
    for (let piece = 0; piece < 6; piece++) dripping.take(64 * KIB, budget);
    expect(honest.every(({ isPaused }) => isPaused)).toBe(true);
    budget.nudge(0);
    for (let second = 1; second <= 4; second++) {
      dripping.take(1, budget);
      budget.nudge(second * 1_000);
    }
    expect(honest.some(({ isPaused }) => !isPaused)).toBe(true);
  });
});
