import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { Deadlines } from './deadlines.ts';

describe('deadlines', () => {
  it('call back once each, when due, with one timer for all', async () => {
    const clock = new FakeClock();
    const deadlines = new Deadlines(clock, 1_000);
    const due: [number, number][] = [];
    for (let k = 0; k < 5; k++) {
      deadlines.start(() => due.push([k, clock.monotonicMs()]));
      expect(clock.pendingTimers).toBe(1);
      await clock.advance(100);
    }
    await clock.advance(5_000);
    expect(due).toEqual([0, 1, 2, 3, 4].map((k) => [k, 1_000 + k * 100]));
    expect(clock.pendingTimers).toBe(0);
  });

  it('forget what is cleared and keep the others', async () => {
    const clock = new FakeClock();
    const deadlines = new Deadlines(clock, 1_000);
    const due: string[] = [];
    const first = deadlines.start(() => due.push('first'));
    await clock.advance(400);
    deadlines.start(() => due.push('second'));
    deadlines.clear(first);
    await clock.advance(600);
    expect(due).toEqual([]);
    await clock.advance(400);
    expect(due).toEqual(['second']);
  });

  it('start again after all were cleared and the timer has run out', async () => {
    const clock = new FakeClock();
    const deadlines = new Deadlines(clock, 1_000);
    deadlines.clear(deadlines.start(() => {}));
    await clock.advance(1_000);
    expect(clock.pendingTimers).toBe(0);
    let due = 0;
    deadlines.start(() => due++);
    await clock.advance(999);
    expect(due).toBe(0);
    await clock.advance(1);
    expect(due).toBe(1);
  });

  it('keep one timer when one that is due starts another', async () => {
    const clock = new FakeClock();
    const deadlines = new Deadlines(clock, 1_000);
    const due: [string, number][] = [];
    const note = (name: string) => () => void due.push([name, clock.monotonicMs()]);
    deadlines.start(() => deadlines.start(note('started late')));
    await clock.advance(500);
    deadlines.start(note('second'));
    await clock.advance(500);
    expect(clock.pendingTimers).toBe(1);
    await clock.advance(5_000);
    expect(due).toEqual([
      ['second', 1_500],
      ['started late', 2_000],
    ]);
    expect(clock.pendingTimers).toBe(0);
  });

  it('leave nothing when closed', async () => {
    const clock = new FakeClock();
    const deadlines = new Deadlines(clock, 1_000);
    let due = 0;
    deadlines.start(() => due++);
    deadlines.close();
    expect(clock.pendingTimers).toBe(0);
    await clock.advance(2_000);
    expect(due).toBe(0);
  });
});
