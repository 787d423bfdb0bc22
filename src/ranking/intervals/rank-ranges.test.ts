import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../core/seeded-random.ts';
import type { Estimate } from './estimate.ts';
import { normalSource } from './normal-draws.ts';
import { rankRanges, sureOrder } from './rank-ranges.ts';

/** Independent values with one standard error, relative to their mean. */
function independent(values: readonly number[], error: number): Estimate {
  const n = values.length;
  const mean = values.reduce((sum, one) => sum + one, 0) / n;
  return {
    items: values.map((_, i) => `m${i}`),
    values: Float64Array.from(values, (one) => one - mean),
    covariance: Float64Array.from(
      { length: n * n },
      (_, at) => (Math.floor(at / n) === at % n ? error ** 2 : 0) - error ** 2 / n,
    ),
    degreesOfFreedom: Number.POSITIVE_INFINITY,
  };
}

describe('rank ranges', () => {
  test('are exact where everything is sure, and whole where nothing is', () => {
    expect(rankRanges(independent([5, 1, 3], 0.01), 0.95, 1)).toEqual([
      { rankLow: 1, rankHigh: 1 },
      { rankLow: 3, rankHigh: 3 },
      { rankLow: 2, rankHigh: 2 },
    ]);
    expect(rankRanges(independent([0.1, 0, -0.1], 1), 0.95, 1)).toEqual(
      Array(3).fill({ rankLow: 1, rankHigh: 3 }),
    );
  });

  test("start from Tukey's quantile of the studentised range", () => {
    // q(0.95; k, infinity) / sqrt 2 for k = 3, 5, 10 from printed tables: 3.314, 3.858, 4.474.
    for (const [k, q] of [
      [3, 3.314],
      [5, 3.858],
      [10, 4.474],
    ] as const) {
      const { quantile } = sureOrder(independent(Array(k).fill(0), 1), 0.95, 1);
      expect(Math.abs(quantile - q / Math.SQRT2)).toBeLessThan(0.09);
    }
  });

  test('step down: a sure difference helps to see another one', () => {
    const error = 1 / Math.SQRT2;
    const far = [100, 90, 80, 2.6, 0];
    const { above, quantile } = sureOrder(independent(far, error), 0.95, 1);
    expect(quantile).toBeGreaterThan(2.6);
    expect(above[3 * 5 + 4]).toBe(1);
  });

  test('hold the true ranks of all items, equal ones included, as often as they say', () => {
    const truth = [1.5, 0.5, 0.5, 0, 0, -1];
    const normal = normalSource(seededRandom(42));
    let covered = 0;
    for (let world = 0; world < 400; world++) {
      const drawn = truth.map((value) => value + 0.5 * normal());
      const ranges = rankRanges(independent(drawn, 0.5), 0.95, world);
      const held = ranges.every(({ rankLow, rankHigh }, item) => {
        const best = 1 + truth.filter((other) => other > truth[item]!).length;
        const worst = truth.filter((other) => other >= truth[item]!).length;
        return rankLow <= best && worst <= rankHigh;
      });
      if (held) covered++;
    }
    expect(covered / 400).toBeGreaterThan(0.93);
  });

  test('are wider with few degrees of freedom', () => {
    const many = sureOrder(independent([0, 0, 0, 0], 1), 0.95, 1).quantile;
    const few = sureOrder(
      { ...independent([0, 0, 0, 0], 1), degreesOfFreedom: 5 },
      0.95,
      1,
    ).quantile;
    // Studentised range q(0.95; 4, 5) / sqrt 2 = 5.218 / sqrt 2.
    expect(few).toBeGreaterThan(many + 0.6);
    expect(Math.abs(few - 5.218 / Math.SQRT2)).toBeLessThan(0.25);
  });

  test('call nothing sure whose error is 0', () => {
    expect(rankRanges(independent([3, 2, 1], 0), 0.95, 1)).toEqual(
      Array(3).fill({ rankLow: 1, rankHigh: 3 }),
    );
  });
});
