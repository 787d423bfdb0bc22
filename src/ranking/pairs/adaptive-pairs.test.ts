import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../core/seeded-random.ts';
import type { Comparison } from '../table/comparison.ts';
import { items, underPrompts, unordered } from './pairs.test-support.ts';
import { planPairs } from './plan-pairs.ts';

describe('adaptive choice of pairs', () => {
  it('chooses the pairs that a search by full refactoring chooses too', () => {
    const comparisons = randomComparisons(6, 300, 5, 1.5);
    const options = { strategy: 'adaptive', count: 8, comparisons } as const;
    const plan = planPairs(items(6), options);
    expect(plan.evenly).toBeNull();
    expect(unordered(plan.pairs)).toEqual(naiveAdaptive(6, comparisons, 8).sort());
  });

  it('spreads pairs evenly, as balanced does, until strengths are known', () => {
    const comparisons = randomComparisons(6, 80, 5, 1.5);
    const options = { count: 8, comparisons, seed: 3 } as const;
    const plan = planPairs(items(6), { strategy: 'adaptive', ...options });
    expect(plan.evenly).toBe('few-comparisons');
    expect(plan.pairs).toEqual(planPairs(items(6), { strategy: 'balanced', ...options }).pairs);
  });

  it('spreads pairs evenly where items are alike, however many comparisons there are', () => {
    const comparisons = randomComparisons(6, 2000, 5, 0.2);
    const options = { count: 8, comparisons, seed: 3 } as const;
    const plan = planPairs(items(6), { strategy: 'adaptive', ...options });
    expect(plan.evenly).toBe('items-alike');
    expect(plan.pairs).toEqual(planPairs(items(6), { strategy: 'balanced', ...options }).pairs);
  });

  it('starts with items that nobody has compared yet, and spreads over prompts', () => {
    const comparisons = randomComparisons(5, 400, 2, 1.5);
    const { pairs, evenly } = planPairs(underPrompts(6, 3), {
      strategy: 'adaptive',
      count: 6,
      comparisons,
    });
    expect(evenly).toBeNull();
    expect([pairs[0]!.left, pairs[0]!.right]).toContain('m5');
    expect(new Set(pairs.map((pair) => pair.prompt)).size).toBe(3);
  });
});

function randomComparisons(count: number, rows: number, seed: number, step = 0.7): Comparison[] {
  const random = seededRandom(seed);
  return Array.from({ length: rows }, () => {
    const a = Math.floor(random() * count);
    const b = (a + 1 + Math.floor(random() * (count - 1))) % count;
    const p = 1 / (1 + Math.exp(-step * (a - b)));
    return { left: `m${a}`, right: `m${b}`, verdict: random() < p ? 'left' : 'right' };
  });
}

/** The same by brute force: a fit by gradient steps, and the inverse anew for every candidate. */
function naiveAdaptive(size: number, rows: readonly Comparison[], count: number): string[] {
  const place = (name: string) => Number(name.slice(1));
  const p = (d: number) => 1 / (1 + Math.exp(-d));
  const ridge = (precision: number) =>
    Array.from({ length: size }, (_, i) =>
      Array.from({ length: size }, (_, j) => (i === j ? precision : 0)),
    );
  const add = (matrix: number[][], i: number, j: number, w: number) => {
    const copy = matrix.map((row) => [...row]);
    for (const [r, c, sign] of [
      [i, i, 1],
      [j, j, 1],
      [i, j, -1],
      [j, i, -1],
    ] as const)
      copy[r]![c]! += sign * w;
    return copy;
  };
  const informationOf = (precision: number, weight: (i: number, j: number) => number) =>
    rows.reduce((matrix, { left, right }) => {
      const [i, j] = [place(left), place(right)];
      return add(matrix, i, j, weight(i, j));
    }, ridge(precision));
  const theta = new Array<number>(size).fill(0);
  let [precision, covariance] = [1, ridge(1)];
  for (let round = 0; round < 4; round++) {
    for (let step = 0; step < 4000; step++) {
      const slope = theta.map((one) => -precision * one);
      for (const { left, right, verdict } of rows) {
        const [i, j] = [place(left), place(right)];
        const rest = (verdict === 'left' ? 1 : 0) - p(theta[i]! - theta[j]!);
        slope[i]! += rest;
        slope[j]! -= rest;
      }
      for (const k of theta.keys()) theta[k]! += 0.01 * slope[k]!;
    }
    const at = (i: number, j: number) => p(theta[i]! - theta[j]!);
    covariance = inverse(informationOf(precision, (i, j) => at(i, j) * (1 - at(i, j))));
    const squares = theta.reduce((sum, one, k) => sum + one * one + covariance[k]![k]!, 0);
    const next = size / squares;
    if (round === 3 || Math.abs(next - precision) < 0.05 * next) break;
    precision = next;
  }
  // The mean of p(1 - p) over a normal difference, by a fine sum instead of five points.
  const expected = (i: number, j: number) => {
    const sd = Math.sqrt(covariance[i]![i]! + covariance[j]![j]! - 2 * covariance[i]![j]!);
    let [sum, total] = [0, 0];
    for (let z = -5; z <= 5; z += 0.05) {
      const density = Math.exp((-z * z) / 2);
      const at = p(theta[i]! - theta[j]! + z * sd);
      sum += density * at * (1 - at);
      total += density;
    }
    return sum / total;
  };
  let current = informationOf(precision, expected);
  const chosen: string[] = [];
  for (let k = 0; k < count; k++) {
    let [best, lowest] = [[0, 0], Infinity];
    for (let i = 0; i < size; i++) {
      for (let j = i + 1; j < size; j++) {
        const trace = centredTrace(inverse(add(current, i, j, expected(i, j))));
        if (trace < lowest - 1e-9) [best, lowest] = [[i, j], trace];
      }
    }
    current = add(current, best[0]!, best[1]!, expected(best[0]!, best[1]!));
    chosen.push(` | m${best[0]} | m${best[1]}`);
  }
  return chosen;
}

function inverse(matrix: readonly (readonly number[])[]): number[][] {
  const size = matrix.length;
  const work = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  for (let i = 0; i < size; i++) {
    const pivot = work[i]![i]!;
    work[i] = work[i]!.map((value) => value / pivot);
    for (let r = 0; r < size; r++) {
      const factor = work[r]![i]!;
      if (r !== i) work[r] = work[r]!.map((value, c) => value - factor * work[i]![c]!);
    }
  }
  return work.map((row) => row.slice(size));
}

function centredTrace(matrix: readonly (readonly number[])[]): number {
  const size = matrix.length;
  const total = matrix.flat().reduce((sum, value) => sum + value, 0);
  return matrix.reduce((sum, row, k) => sum + row[k]!, 0) - total / size;
}
