import { describe, expect, test } from 'vitest';
import { syntheticComparisons } from '../../../test/support/synthetic-comparisons.ts';
import { studentProbability } from '../numerics/distributions.ts';
import { rank } from '../rating/rank.ts';
import type { Comparison } from '../table/comparison.ts';
import { bestProbabilities } from './best-probabilities.ts';
import { allDifferences, differencesAgainst } from './differences.ts';
import { planComparisons } from './plan-comparisons.ts';
import { correlateRankings, rankByColumn } from './rank-by-column.ts';
import { rankCorrelations } from './rank-correlations.ts';
import { winProbabilities } from './win-probabilities.ts';

const rows = syntheticComparisons({
  logStrengths: [1, 0.5, 0.5, 0, -1],
  rows: 3000,
  seed: 9,
  ties: 0.15,
});
const estimate = rank(rows).estimate!;
const sum = (values: Iterable<number>) => [...values].reduce((total, one) => total + one, 0);

describe('probabilities of being best', () => {
  test('sum to 1, and those of the first k to k', () => {
    const { best, top } = bestProbabilities(estimate, 2, 1);
    expect(sum(best)).toBeCloseTo(1, 9);
    expect(sum(top)).toBeCloseTo(2, 9);
    expect(best[estimate.items.indexOf('m0')]).toBeGreaterThan(0.99);
  });

  test('are equal for items that nothing tells apart', () => {
    const cycle: Comparison[] = ['ab', 'bc', 'ca', 'ba', 'cb', 'ac'].map(([left, right]) => ({
      left: left!,
      right: right!,
      verdict: 'left',
    }));
    for (const p of bestProbabilities(rank(cycle).estimate!, 1, 1).best) {
      expect(Math.abs(p - 1 / 3)).toBeLessThan(0.04);
    }
  });
});

describe('differences', () => {
  test('of the only pair have the plain p-value', () => {
    for (const [gap, seed] of [
      [0.3, 4],
      [0.2, 5],
      [0, 6],
    ] as const) {
      const pair = syntheticComparisons({ logStrengths: [gap, 0], rows: 200, seed });
      const [only] = allDifferences(rank(pair).estimate!, 0.95).pairs;
      const p = 2 * studentProbability(-only!.difference / only!.standardError, 199);
      expect(Math.abs(only!.adjustedP - p)).toBeLessThan(0.02);
      expect((only!.high - only!.difference) / only!.standardError).toBeCloseTo(1.97, 0);
    }
  });

  test('are separated where the simultaneous bounds leave out 0, and by steps sometimes more', () => {
    const { pairs, separated } = allDifferences(estimate, 0.95);
    expect(pairs).toHaveLength(10);
    expect(separated).toBe(pairs.filter(({ adjustedP }) => adjustedP < 0.05).length);
    for (const { low, adjustedP } of pairs) if (low > 0) expect(adjustedP).toBeLessThan(0.05);
    expect(separated).toBeGreaterThan(5);
    expect(separated).toBeLessThan(10);
  });

  test('against a baseline need less room than all pairs at once', () => {
    const against = differencesAgainst(estimate, 'm3', 0.95);
    expect(against.map(({ other }) => other)).toEqual(['m3', 'm3', 'm3', 'm3']);
    const all = allDifferences(estimate, 0.95).pairs;
    for (const one of against) {
      const same = all.find(
        ({ item, other }) => [item, other].includes(one.item) && [item, other].includes('m3'),
      )!;
      expect(Math.abs(same.difference)).toBeCloseTo(Math.abs(one.difference), 9);
      expect(one.high - one.low).toBeLessThan(same.high - same.low);
    }
    expect(() => differencesAgainst(estimate, 'm9', 0.95)).toThrow(/not among the items/);
  });
});

test('the planned number of comparisons separates first from second at the stated power', () => {
  const close = [0.35, 0, -2, -2.2];
  const first = rank(syntheticComparisons({ logStrengths: close, rows: 20_000, seed: 1 }));
  const plan = planComparisons(
    { ...first.estimate!, values: Float64Array.from(close) },
    first.fit.comparisons,
  )!;
  let separated = 0;
  for (let world = 0; world < 200; world++) {
    const drawn = syntheticComparisons({
      logStrengths: close,
      rows: plan.needed!,
      seed: 100 + world,
    });
    const again = planComparisons(rank(drawn).estimate!, drawn.length)!;
    if (again.first === 'm0' && again.difference > 1.96 * again.standardError) separated++;
  }
  expect(separated / 200).toBeGreaterThan(0.7);
  expect(separated / 200).toBeLessThan(0.9);
});

describe('rank correlations', () => {
  test('are 1, -1, or null for a constant', () => {
    expect(rankCorrelations([1, 2, 3], [1, 2, 3])).toEqual({ kendall: 1, spearman: 1, pearson: 1 });
    expect(rankCorrelations([1, 2, 3], [3, 2, 1]).kendall).toBe(-1);
    expect(rankCorrelations([1, 1, 1], [1, 2, 3])).toEqual({
      kendall: null,
      spearman: null,
      pearson: null,
    });
  });

  test('with ties: tau-b by hand', () => {
    // Concordant 4, discordant 0, one tie in each column of 6 pairs, in different pairs.
    const { kendall, spearman, pearson } = rankCorrelations([1, 2, 2, 4], [1, 1, 3, 4]);
    expect(kendall).toBeCloseTo(4 / 5, 12);
    // Mid-ranks 1, 2.5, 2.5, 4 and 1.5, 1.5, 3, 4: product 3.75, squares 4.5 each.
    expect(spearman).toBeCloseTo(3.75 / 4.5, 12);
    expect(pearson).toBeGreaterThan(0.8);
  });
});

describe('win probabilities', () => {
  test.each(['bradley-terry', 'davidson', 'newman', 'rao-kupper', 'elo'] as const)(
    '%s: those of both sides and of a tie sum to 1, expected scores too',
    (method) => {
      const ranking = rank(rows, { method });
      const matrix = winProbabilities(ranking);
      matrix.forEach((row, one) => {
        row.forEach((cell, other) => {
          expect(cell === null).toBe(one === other);
          if (cell === null) return;
          const back = matrix[other]![one]!;
          expect(cell.win + back.win + cell.tie).toBeCloseTo(1, 9);
          expect(cell.expectedScore + back.expectedScore).toBeCloseTo(1, 9);
          if (method === 'elo') expect(cell.low).toBeNull();
          else {
            expect(cell.low!).toBeLessThan(cell.expectedScore);
            expect(cell.high!).toBeCloseTo(1 - back.low!, 9);
          }
        });
      });
    },
  );

  test('davidson and newman say the same; counting says nothing', () => {
    const [one, other] = (['davidson', 'newman'] as const).map((method) =>
      winProbabilities(rank(rows, { method })),
    );
    expect(one![0]![1]!.win).toBeCloseTo(other![0]![1]!.win, 6);
    expect(() => winProbabilities(rank(rows, { method: 'counting' }))).toThrow(/no probabilities/);
  });
});

test('a ranking by column ranks each group and correlates them', () => {
  const judged = rows.map((row, at): Comparison => {
    const judge = ['ann', 'bob', 'con'][at % 3]!;
    const verdict =
      judge === 'con' && row.verdict !== 'tie'
        ? row.verdict === 'left'
          ? 'right'
          : 'left'
        : row.verdict;
    return { ...row, judge, verdict };
  });
  const { rankings, correlations } = rankByColumn(
    [...judged, { left: 'x', right: 'y', verdict: 'left', judge: 'dan' }],
    'judge',
  );
  expect(rankings.map(({ group }) => group)).toEqual(['ann', 'bob', 'con', 'dan']);
  expect(rankings[3]!.refusal!.code).toBe('not_comparable');
  const of = (one: string, two: string) =>
    correlations.find(({ group, other }) => group === one && other === two)!;
  expect(correlations).toHaveLength(3);
  expect(of('ann', 'bob').kendall).toBeGreaterThan(0.5);
  expect(of('ann', 'con').kendall).toBeLessThan(-0.5);
  expect(correlateRankings(rank(rows), rank(rows)).spearman).toBe(1);
  expect(() => rankByColumn(judged, 'jugde')).toThrow(/no column/);
});
