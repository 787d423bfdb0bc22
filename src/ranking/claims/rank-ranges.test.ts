import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../core/seeded-random.ts';
import type { Estimate } from '../intervals/estimate.ts';
import { normalSource } from '../numerics/normal-draws.ts';
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
    expect(rankRanges(independent([5, 1, 3], 0.01), 0.95)).toEqual([
      { rankLow: 1, rankHigh: 1 },
      { rankLow: 3, rankHigh: 3 },
      { rankLow: 2, rankHigh: 2 },
    ]);
    expect(rankRanges(independent([0.1, 0, -0.1], 1), 0.95)).toEqual(
      Array(3).fill({ rankLow: 1, rankHigh: 3 }),
    );
  });

  test('need for the first of m pairs a one-sided p of α / 2m, and less for each further one', () => {
    const error = 1 / Math.SQRT2;
    // Normal quantiles of 1 - 0.05 / 20 and, when 9 of 10 pairs are sure, of 1 - 0.05 / 11.
    const sure = (gap: number) =>
      sureOrder(independent([100, 90, 80, gap, 0], error), 0.95)[3 * 5 + 4];
    expect(sure(2.6)).toBe(0);
    expect(sure(2.62)).toBe(1);
    const alone = (gap: number) => sureOrder(independent([gap, 0, 0, 0, 0], error), 0.95)[1];
    expect(alone(2.8)).toBe(0);
    expect(alone(2.81)).toBe(1);
  });

  test('hold the true ranks of all items, equal ones included, as often as they say', () => {
    const truth = [1.5, 0.5, 0.5, 0, 0, -1];
    const normal = normalSource(seededRandom(42));
    let covered = 0;
    for (let world = 0; world < 400; world++) {
      const drawn = truth.map((value) => value + 0.5 * normal());
      const ranges = rankRanges(independent(drawn, 0.5), 0.95);
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
    const two = { ...independent([5, 0], 1 / Math.SQRT2) };
    expect(sureOrder(two, 0.95)[1]).toBe(1);
    // t of 2 degrees: 4.303 for the only pair; of 1: 12.706.
    expect(sureOrder({ ...two, degreesOfFreedom: 2 }, 0.95)[1]).toBe(1);
    expect(sureOrder({ ...two, degreesOfFreedom: 1 }, 0.95)[1]).toBe(0);
  });

  test('hold by every error: the most cautious one decides', () => {
    const small = independent([5, 0], 1 / Math.SQRT2);
    const band = { unit: 'judge', count: 2, pairsOnly: false, degreesOfFreedom: 1 };
    const wide = { ...small, further: [{ ...band, covariance: small.covariance }] };
    expect(sureOrder(wide, 0.95)[1]).toBe(0);
    const agreeing = { ...band, covariance: new Float64Array(4) };
    expect(sureOrder({ ...small, further: [agreeing] }, 0.95)[1]).toBe(1);
    expect(sureOrder({ ...small, groups: Int32Array.of(0, 1) }, 0.95)[1]).toBe(0);
    expect(sureOrder({ ...small, exact: () => 0.2 }, 0.95)[1]).toBe(0);
  });

  test('call nothing sure whose error is 0', () => {
    expect(rankRanges(independent([3, 2, 1], 0), 0.95)).toEqual(
      Array(3).fill({ rankLow: 1, rankHigh: 3 }),
    );
  });
});
