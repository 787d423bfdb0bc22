import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../core/seeded-random.ts';
import { RateBucket } from './rate-bucket.ts';

const WINDOW_MS = 60_000;

/** Takes `units(i)` as soon as the bucket allows, after random pauses; returns when each was taken. */
function takeAll(
  bucket: RateBucket,
  count: number,
  options: { startMs: number; pauseMs: () => number; units?: (index: number) => number },
): number[] {
  const takenMs: number[] = [];
  let nowMs = options.startMs;
  for (let index = 0; index < count; index++) {
    const units = options.units?.(index) ?? 1;
    nowMs = Math.max(nowMs + options.pauseMs(), bucket.readyMs(units, nowMs));
    nowMs = Math.max(nowMs, bucket.readyMs(units, nowMs));
    bucket.take(units, nowMs);
    takenMs.push(nowMs);
  }
  return takenMs;
}

/** The most units that were taken in any window [t, t + 60 s). */
function mostInAnyWindow(takenMs: readonly number[], units: (index: number) => number): number {
  let most = 0;
  let sum = 0;
  let first = 0;
  for (let last = 0; last < takenMs.length; last++) {
    sum += units(last);
    while (takenMs[last]! - takenMs[first]! >= WINDOW_MS) sum -= units(first++);
    most = Math.max(most, sum);
  }
  return most;
}

const one = () => 1;
const perMinutes = fc.oneof(fc.integer({ min: 1, max: 600 }), fc.integer({ min: 1, max: 100_000 }));

describe('a bucket of requests', () => {
  it('lets no more than perMinute through in any half-open window of 60 seconds', () => {
    fc.assert(
      fc.property(
        perMinutes,
        fc.option(fc.double({ min: 0.1, max: 200_000, noNaN: true }), { nil: undefined }),
        fc.integer({ min: 0, max: 10 ** 9 }),
        fc.constantFrom(0, 0.2, 2),
        fc.integer(),
        (perMinute, burst, startMs, pause, seed) => {
          const random = seededRandom(seed);
          const bucket = new RateBucket({ perMinute, burst }, startMs);
          const meanMs = (pause * WINDOW_MS) / perMinute;
          // Mostly close together, sometimes a long rest, so that bursts build up.
          const pauseMs = () => (random() < 0.02 ? random() * 5_000 : random() * meanMs);
          const takenMs = takeAll(bucket, Math.ceil(perMinute * 1.3) + 3, {
            startMs: startMs + random() * 1_000,
            pauseMs: pause === 0 ? () => 0 : pauseMs,
          });
          expect(mostInAnyWindow(takenMs, one)).toBeLessThanOrEqual(perMinute);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('keeps up with its limit in the long run', () => {
    for (const perMinute of [1, 7, 60, 500, 6_000, 100_000]) {
      const bucket = new RateBucket({ perMinute }, 0);
      const count = Math.max(200, perMinute * 2);
      const takenMs = takeAll(bucket, count, { startMs: 0, pauseMs: () => 0 });
      const idealMs = ((count - 1) * WINDOW_MS) / perMinute;
      expect(takenMs.at(-1)! / idealMs).toBeLessThan(1.01);
    }
  });

  it('lets a quarter of a second of its limit go at once after a pause, and at least one', () => {
    const atOnce = (perMinute: number) => {
      const bucket = new RateBucket({ perMinute }, 0);
      let count = 0;
      for (; bucket.readyMs(1, 90_000) <= 90_000; count++) bucket.take(1, 90_000);
      return count;
    };
    expect(atOnce(24_000)).toBe(100);
    expect(atOnce(60)).toBe(1);
    expect(atOnce(0.5)).toBe(1);
  });

  it('lets one through in two minutes when the limit is a half', () => {
    const bucket = new RateBucket({ perMinute: 0.5 }, 0);
    const takenMs = takeAll(bucket, 4, { startMs: 0, pauseMs: () => 0 });
    expect(takenMs[3]).toBeCloseTo(360_000, -1);
    expect(takenMs[3]).toBeGreaterThanOrEqual(360_000);
  });

  it('takes a new limit at once, up or down, and keeps its debt', () => {
    const bucket = new RateBucket({ perMinute: 60 }, 0);
    bucket.take(1, 0);
    expect(bucket.readyMs(1, 0)).toBeCloseTo(1_000, 0);
    bucket.retune({ perMinute: 6 }, 500);
    expect(bucket.readyMs(1, 500)).toBeCloseTo(5_500, 0);
    bucket.retune({ perMinute: 60_000 }, 500);
    expect(bucket.readyMs(1, 500)).toBeLessThan(501);
    bucket.take(250, 600_000);
    bucket.retune({ perMinute: 240 }, 600_000);
    expect(bucket.readyMs(1, 600_000)).toBeGreaterThan(600_200);
  });
});

describe('a bucket of tokens', () => {
  it('exceeds its limit in a window by less than one request and the part of it beyond the burst', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 100, max: 1_000_000 }),
        fc.integer({ min: 1, max: 20_000 }),
        fc.integer(),
        (perMinute, largest, seed) => {
          const random = seededRandom(seed);
          const sizes = Array.from({ length: 400 }, () => Math.ceil(random() * largest));
          const units = (index: number) => sizes[index]!;
          const bucket = new RateBucket({ perMinute }, 0);
          const takenMs = takeAll(bucket, sizes.length, { startMs: 0, pauseMs: () => 0, units });
          const burst = Math.max(1, perMinute / 240);
          const bound = perMinute + 1 + Math.max(0, largest - burst);
          expect(mostInAnyWindow(takenMs, units)).toBeLessThanOrEqual(bound);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('keeps to its limit in the long run, whatever the sizes', () => {
    const random = seededRandom(3);
    const sizes = Array.from({ length: 2_000 }, () => Math.ceil(random() * 5_000));
    const bucket = new RateBucket({ perMinute: 100_000 }, 0);
    const takenMs = takeAll(bucket, sizes.length, {
      startMs: 0,
      pauseMs: () => 0,
      units: (index) => sizes[index]!,
    });
    const total = sizes.reduce((sum, size) => sum + size, 0);
    const idealMs = (total * WINDOW_MS) / 100_000;
    expect(takenMs.at(-1)! / idealMs).toBeGreaterThan(0.99);
    expect(takenMs.at(-1)! / idealMs).toBeLessThan(1.01);
  });

  it('delays what comes after a correction upwards, and lets more through after one downwards', () => {
    const bucket = new RateBucket({ perMinute: 60_000 }, 0);
    bucket.take(250, 0);
    bucket.take(1_000, 0);
    expect(bucket.readyMs(1, 0)).toBeGreaterThan(1_000);
    bucket.take(-1_000, 0);
    expect(bucket.readyMs(1, 0)).toBeLessThan(2);
    bucket.take(-1_000_000, 0);
    bucket.take(250, 0);
    expect(bucket.readyMs(1, 0)).toBeGreaterThan(0);
  });
});
