import { describe, expect, it } from 'vitest';
import { Limiter, type TokenCount } from './limiter.ts';
import { isWait, type Reservation, tryReserve, type Wait } from './reservation.ts';

const NONE: TokenCount = { input: 0, output: 0 };
const idle = () => {};

function reserve(limiter: Limiter, nowMs: number, tokens = NONE, waker = idle): Reservation | Wait {
  return tryReserve([limiter], tokens, () => nowMs, waker);
}

/** Reserves, and fails the test when it would have to wait. */
function mustReserve(limiter: Limiter, nowMs: number, tokens = NONE): Reservation {
  const result = reserve(limiter, nowMs, tokens);
  if (isWait(result)) throw new Error(`has to wait for ${result.reason}`);
  return result;
}

function mustWait(limiter: Limiter, nowMs: number, tokens = NONE, waker = idle): Wait {
  const result = reserve(limiter, nowMs, tokens, waker);
  if (!isWait(result)) throw new Error('need not wait');
  return result;
}

describe('a limiter', () => {
  it('lets everything through when no limit is given', () => {
    const limiter = new Limiter('free', {}, 0);
    for (let k = 0; k < 1_000; k++) mustReserve(limiter, 0, { input: 1e9, output: 1e9 });
    expect(limiter.inFlight).toBe(1_000);
    expect(limiter.countsTokens).toBe(false);
  });

  it('says which limit binds and until when', () => {
    const requests = new Limiter('r', { requestsPerMinute: 60 }, 0);
    mustReserve(requests, 0);
    expect(mustWait(requests, 0)).toMatchObject({ reason: 'requests', limiter: requests });
    expect(mustWait(requests, 0).untilMs).toBeCloseTo(1_000, 0);
    const each = [
      [{ tokensPerMinute: 600 }, { input: 6, output: 4 }],
      [{ inputTokensPerMinute: 600 }, { input: 10, output: 0 }],
      [{ outputTokensPerMinute: 600 }, { input: 0, output: 10 }],
    ] as const;
    for (const [limits, tokens] of each) {
      const limiter = new Limiter('t', limits, 0);
      expect(limiter.countsTokens).toBe(true);
      mustReserve(limiter, 0, tokens);
      const wait = mustWait(limiter, 0, { input: 1, output: 1 });
      expect(wait.reason).toBe('tokens');
      expect(wait.untilMs).toBeGreaterThan(500);
    }
    const inFlight = new Limiter('f', { concurrency: 1 }, 0);
    mustReserve(inFlight, 0);
    expect(mustWait(inFlight, 0)).toMatchObject({ reason: 'in flight', untilMs: Infinity });
  });

  it('delays what follows by what a call used beyond its estimate, and gives back what it did not', () => {
    const limiter = new Limiter('t', { tokensPerMinute: 60_000 }, 0);
    const call = mustReserve(limiter, 0, { input: 100, output: 100 });
    call.settle({ input: 150, output: 1_050 });
    expect(mustWait(limiter, 0, { input: 1, output: 0 }).untilMs).toBeGreaterThan(900);
    const other = new Limiter('t', { tokensPerMinute: 60_000 }, 0);
    const refused = mustReserve(other, 0, { input: 100, output: 150 });
    mustWait(other, 0, { input: 100, output: 100 });
    refused.settle(NONE);
    refused.release();
    mustReserve(other, 0, { input: 100, output: 100 });
  });

  it('takes new limits while calls are in flight, and wakes who waits', () => {
    const limiter = new Limiter('x', { concurrency: 1 }, 0);
    mustReserve(limiter, 0);
    let woken = 0;
    const waker = () => woken++;
    mustWait(limiter, 0, NONE, waker);
    limiter.retune({ concurrency: 2, tokensPerMinute: 60 }, 0);
    expect(woken).toBe(1);
    expect(limiter.countsTokens).toBe(true);
    expect(isWait(reserve(limiter, 0, { input: 1, output: 0 }, waker))).toBe(false);
    limiter.retune({ concurrency: 1 }, 0);
    expect(limiter.countsTokens).toBe(false);
    expect(limiter.inFlight).toBe(2);
    expect(mustWait(limiter, 0).reason).toBe('in flight');
  });

  it('wakes the first who waits when a place becomes free, nobody else', () => {
    const limiter = new Limiter('x', { concurrency: 1 }, 0);
    const held = mustReserve(limiter, 0);
    const woken: string[] = [];
    const wakers = ['a', 'b', 'c'].map((name) => () => void woken.push(name));
    for (const waker of wakers) mustWait(limiter, 0, NONE, waker);
    expect(mustWait(limiter, 0, NONE, wakers[1]).reason).toBe('turn');
    expect(woken).toEqual([]);
    held.release();
    expect(woken).toEqual(['a']);
    expect(isWait(reserve(limiter, 0, NONE, wakers[1]))).toBe(true);
    expect(isWait(reserve(limiter, 0, NONE, wakers[0]))).toBe(false);
    expect(woken).toEqual(['a', 'b']);
  });

  it('wakes the next when the first no longer wants its place', () => {
    const limiter = new Limiter('x', { concurrency: 1 }, 0);
    mustReserve(limiter, 0);
    const woken: string[] = [];
    const first = () => void woken.push('first');
    mustWait(limiter, 0, NONE, first);
    mustWait(limiter, 0, NONE, () => void woken.push('second'));
    limiter.leave(first);
    expect(woken).toEqual(['second']);
    limiter.leave(first);
    expect(woken).toEqual(['second']);
  });
});
