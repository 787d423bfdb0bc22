import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Limiter, type Limits, type TokenCount } from './limiter.ts';
import { isWait, type Reservation, tryReserve } from './reservation.ts';

const NONE: TokenCount = { input: 0, output: 0 };

/** What a limiter would say to a call that nobody is in front of. */
function readyMs(limiter: Limiter, nowMs: number): number {
  return limiter.readiness({ input: 5, output: 5 }, nowMs, () => {}).readyMs;
}

const limits: fc.Arbitrary<Limits> = fc.record({
  requestsPerMinute: fc.option(fc.integer({ min: 1, max: 10_000 }), { nil: undefined }),
  tokensPerMinute: fc.option(fc.integer({ min: 1, max: 100_000 }), { nil: undefined }),
  concurrency: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
});

describe('a reservation', () => {
  it('takes from all limiters or from none, and gives back every place in flight', () => {
    fc.assert(
      fc.property(
        fc.array(limits, { minLength: 1, maxLength: 4 }),
        fc.array(fc.nat({ max: 2_000 }), { minLength: 1, maxLength: 60 }),
        (settings, pausesMs) => {
          let nowMs = 0;
          const limiters = settings.map((each, k) => new Limiter(`l${k}`, each, 0));
          const held: Reservation[] = [];
          const waker = () => {};
          for (const pauseMs of pausesMs) {
            nowMs += pauseMs;
            const before = limiters.map((limiter) => [limiter.inFlight, readyMs(limiter, nowMs)]);
            const result = tryReserve(limiters, { input: 5, output: 5 }, () => nowMs, waker);
            for (const limiter of limiters) limiter.leave(waker);
            const after = limiters.map((limiter) => [limiter.inFlight, readyMs(limiter, nowMs)]);
            if (isWait(result)) {
              expect(after).toEqual(before);
              expect(result.untilMs).toBeGreaterThan(nowMs);
              held.shift()?.release();
            } else {
              held.push(result);
              for (const limiter of limiters) expect(limiter.inFlight).toBe(held.length);
              for (const [, ready] of before) expect(ready).toBeLessThanOrEqual(nowMs);
            }
          }
          for (const reservation of held) reservation.release();
          for (const limiter of limiters) expect(limiter.inFlight).toBe(0);
        },
      ),
    );
  });

  it('gives its place back once, however often it is released', () => {
    const limiter = new Limiter('x', { concurrency: 2 }, 0);
    const first = tryReserve(
      [limiter],
      NONE,
      () => 0,
      () => {},
    ) as Reservation;
    tryReserve(
      [limiter],
      NONE,
      () => 0,
      () => {},
    );
    first.release();
    first.release();
    expect(limiter.inFlight).toBe(1);
  });

  it('waits for the limiter that is ready last, and in its queue only', () => {
    const soon = new Limiter('soon', { requestsPerMinute: 600 }, 0);
    const late = new Limiter('late', { requestsPerMinute: 60 }, 0);
    const both = () => {};
    expect(isWait(tryReserve([soon, late], NONE, () => 0, both))).toBe(false);
    const wait = tryReserve([soon, late], NONE, () => 0, both);
    expect(wait).toMatchObject({ limiter: late, reason: 'requests' });
    // One that needs only the other limiter is not held up.
    const other = () => {};
    expect(isWait(tryReserve([soon], NONE, () => 101, other))).toBe(false);
  });

  it('moves to the queue of another limiter when that one has come to bind, and frees its place', () => {
    const first = new Limiter('first', { concurrency: 1 }, 0);
    const second = new Limiter('second', { concurrency: 1 }, 0);
    const woken: string[] = [];
    const moving = () => void woken.push('moving');
    const staying = () => void woken.push('staying');
    const held = tryReserve(
      [first],
      NONE,
      () => 0,
      () => {},
    ) as Reservation;
    expect(tryReserve([first, second], NONE, () => 0, moving)).toMatchObject({ limiter: first });
    expect(tryReserve([first], NONE, () => 0, staying)).toMatchObject({ reason: 'turn' });
    tryReserve(
      [second],
      NONE,
      () => 0,
      () => {},
    );
    held.release();
    expect(woken).toEqual(['moving']);
    expect(tryReserve([first, second], NONE, () => 0, moving)).toMatchObject({ limiter: second });
    expect(woken).toEqual(['moving', 'staying']);
    expect(isWait(tryReserve([first], NONE, () => 0, staying))).toBe(false);
  });

  it('needs no limiter', () => {
    expect(
      isWait(
        tryReserve(
          [],
          NONE,
          () => 0,
          () => {},
        ),
      ),
    ).toBe(false);
  });
});
