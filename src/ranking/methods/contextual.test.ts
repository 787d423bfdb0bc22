import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { naiveContextualLikelihood } from '../../../test/support/naive/contextual-likelihood.ts';
import { syntheticComparisons } from '../../../test/support/synthetic-comparisons.ts';
import { rank } from '../rating/rank.ts';
import type { Comparison } from '../table/comparison.ts';

describe('contextual ratings', () => {
  const random = syntheticComparisons({ logStrengths: [0, 0, 0, 0], rows: 20_000, seed: 12 });
  // m0 writes long answers, and judges like length: its strength is not above the others'.
  const rows = random.map((row, at): Comparison => {
    const noise = Math.sin(12.9898 * at) * 0.5;
    const length = noise + (row.left === 'm0' ? 1 : 0) - (row.right === 'm0' ? 1 : 0);
    const p = 1 / (1 + Math.exp(-1.5 * length));
    const uniform = (Math.abs(Math.sin(78.233 * at + 1)) * 43758.5453) % 1;
    return { ...row, verdict: uniform < p ? 'left' : 'right', features: { length } };
  });

  test('take out what a feature explains', () => {
    const plain = rank(rows).items[0]!;
    expect(plain.item).toBe('m0');
    expect(plain.low!).toBeGreaterThan(1100);
    const ranking = rank(rows, { method: 'contextual' });
    const [length] = ranking.coefficients;
    const perUnit = {
      low: length!.low! / length!.standardDeviation,
      high: length!.high! / length!.standardDeviation,
    };
    expect(perUnit.low).toBeLessThan(1.5);
    expect(perUnit.high).toBeGreaterThan(1.5);
    const m0 = ranking.items.find(({ item }) => item === 'm0')!;
    expect(m0.low!).toBeLessThan(1000);
    expect(m0.high!).toBeGreaterThan(1000);
  });

  test('a ridge shrinks the coefficient only', () => {
    const free = rank(rows, { method: 'contextual' }).coefficients[0]!.value;
    const held = rank(rows, { method: 'contextual', ridge: 1e9 });
    expect(Math.abs(held.coefficients[0]!.value)).toBeLessThan(1e-4 * free);
    expect(held.items.map(({ score }) => score.toFixed(5))).toEqual(
      rank(rows).items.map(({ score }) => score.toFixed(5)),
    );
  });
});

test('contextual ratings reach the top of the printed likelihood', () => {
  const rows = syntheticComparisons({
    logStrengths: [1, 0, 0, -1],
    rows: 400,
    seed: 4,
    ties: 0.2,
  }).map(
    (row, at): Comparison => ({
      ...row,
      weight: 1 + (at % 3),
      features: { length: Math.sin(at) + 0.2, bold: Math.cos(3 * at) * 5 },
    }),
  );
  const { items, coefficients, fit } = rank(rows, { method: 'contextual', side: false });
  const logStrengths = items.map(({ item, score }) => [item, Math.log(score)] as const);
  const height = (moved: readonly number[], size: number) =>
    naiveContextualLikelihood(
      rows,
      new Map(logStrengths.map(([item, value], i) => [item, value + size * moved[i]!])),
      Object.fromEntries(
        coefficients.map(({ name, value }, k) => [name, value + size * moved[4 + k]!]),
      ),
    );
  const top = height(Array(6).fill(0), 0);
  expect(top).toBeCloseTo(fit.logLikelihood!, 8);
  const moves = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), {
    minLength: 6,
    maxLength: 6,
  });
  fc.assert(
    fc.property(moves, (moved) => {
      for (const size of [1e-3, -1e-3, 0.1]) {
        expect(height(moved, size)).toBeLessThanOrEqual(top + 1e-10);
      }
    }),
  );
});
