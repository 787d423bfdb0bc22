import { describe, expect, test } from 'vitest';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { LimitGate } from './limit-gate.ts';
import { TokenBucket } from './token-bucket.ts';

describe('a bucket', () => {
  test('holds a burst of its own rate, at least one, and refills continuously', async () => {
    const clock = new FakeClock();
    expect(new TokenBucket(60, 250, clock).capacity).toBe(1);
    const bucket = new TokenBucket(4800, 250, clock);
    expect(bucket.capacity).toBe(20);
    bucket.take(20);
    expect(bucket.waitMs(1)).toBeCloseTo(12.5);
    await clock.advance(12.5);
    expect(bucket.waitMs(1)).toBe(0);
    await clock.advance(60_000);
    expect(bucket.level).toBe(20);
  });

  test('lets through what is larger than itself when it is full, and then is in debt', async () => {
    const clock = new FakeClock();
    const bucket = new TokenBucket(60_000, 250, clock);
    expect(bucket.waitMs(1000)).toBe(0);
    bucket.take(1000);
    expect(bucket.level).toBe(-750);
    expect(bucket.waitMs(1)).toBeCloseTo(751);
    await clock.advance(500);
    expect(bucket.waitMs(1)).toBeCloseTo(251);
  });

  test('lets a steady pace at exactly its rate pass', async () => {
    const clock = new FakeClock();
    const bucket = new TokenBucket(480, 250, clock);
    bucket.take(bucket.capacity);
    for (let index = 0; index < 1000; index++) {
      await clock.advance(125);
      expect(bucket.waitMs(1)).toBe(0);
      bucket.take(1);
    }
  });
});

describe('a gate', () => {
  test('takes nothing when it refuses, and says how long to wait', () => {
    const gate = new LimitGate(
      { requestsPerMinute: 600, tokensPerMinute: 6000, burstMs: 1000 },
      new FakeClock(),
    );
    expect(gate.refusal(100)).toBeNull();
    gate.enter(100);
    expect(gate.refusal(50)).toEqual({ reason: 'tokens', retryAfterMs: expect.closeTo(500) });
    expect(gate.refusal(50)).toEqual({ reason: 'tokens', retryAfterMs: expect.closeTo(500) });
    expect(gate.standing.requests).toMatchObject({ limit: 600, remaining: 9 });
  });

  test('counts what is under way, and what the quota has given', () => {
    const gate = new LimitGate({ concurrency: 1, quotaCalls: 2 }, new FakeClock());
    gate.enter(1);
    expect(gate.refusal(1)?.reason).toBe('concurrency');
    gate.leave();
    expect(gate.refusal(1)).toBeNull();
    gate.enter(1);
    gate.leave();
    expect(gate.refusal(1)?.reason).toBe('quota');
  });
});
