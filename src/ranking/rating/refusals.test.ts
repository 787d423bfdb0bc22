import { describe, expect, test } from 'vitest';
import { gamesFrom } from '../../../test/support/game-notation.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import type { RankOptions } from '../options/options.ts';
import type { Comparison, Verdict } from '../table/comparison.ts';
import { ComparisonTableBuilder } from '../table/comparison-table-builder.ts';
import { rank } from './rank.ts';

function refusal(rows: readonly Comparison[], options: RankOptions = {}): TuttiError {
  try {
    rank(rows, options);
  } catch (error) {
    if (error instanceof TuttiError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

const CYCLE = gamesFrom('a>b b>c c>a a>c');

describe('what cannot be rated is refused with a reason', () => {
  test('no comparison at all, or none left', () => {
    expect(refusal([]).code).toBe('no_comparisons');
    expect(refusal(CYCLE.map((row) => ({ ...row, weight: 0 }))).hint).toMatch(/weights are 0/);
    expect(refusal(CYCLE, { minComparisons: 50 }).code).toBe('no_comparisons');
  });

  test('an item against itself', () => {
    const error = refusal([...CYCLE, ...gamesFrom('b>b')]);
    expect(error.code).toBe('bad_input');
    expect(error.message).toBe('Comparison 5: "b" is compared with itself.');
  });

  test.each([-1, Number.POSITIVE_INFINITY, Number.NaN, 1e300, 1e-300])(
    'a weight of %d',
    (weight) => {
      expect(refusal([{ ...CYCLE[0]!, weight }, ...CYCLE]).message).toMatch(
        /Comparison 1: the weight/,
      );
    },
  );

  test('a feature that is no number, constant, unknown, or missing', () => {
    const withFeature = (value: (at: number) => number) =>
      CYCLE.map((row, at) => ({ ...row, features: { length: value(at) } }));
    const contextual = { method: 'contextual' } as const;
    expect(
      refusal(
        withFeature(() => Number.NaN),
        contextual,
      ).code,
    ).toBe('bad_input');
    expect(
      refusal(
        withFeature(() => 3),
        contextual,
      ).message,
    ).toMatch(/"length" is constant/);
    expect(
      refusal(
        withFeature((at) => at),
        { ...contextual, features: ['lenght'] },
      ).hint,
    ).toBe('Did you mean length?');
    expect(refusal(CYCLE, contextual).code).toBe('bad_usage');
  });

  test('items that never won or never lost, and separate groups', () => {
    const error = refusal(gamesFrom('best>a a>b b>a a>worst x>y y>x'));
    expect(error.code).toBe('not_comparable');
    expect(error.message).toMatch(/never lost: best/);
    expect(error.message).toMatch(/never won: worst/);
    expect(error.message).toMatch(/comparable with each other: a, b/);
    expect(error.message).toMatch(/comparable with each other: x, y/);
    expect(error.hint).toMatch(/`prior: 0.5`/);
  });

  test('only ties, by models of ties; plain Bradley-Terry rates all the same', () => {
    const ties = gamesFrom('a=b b=c');
    for (const method of ['davidson', 'newman', 'rao-kupper'] as const) {
      expect(refusal(ties, { method }).message).toBe('Every comparison is a tie.');
    }
    const { items, warnings } = rank(ties);
    expect(items.map(({ rating, rank }) => [Math.round(rating!), rank])).toEqual([
      [1000, 1],
      [1000, 1],
      [1000, 1],
    ]);
    expect(warnings.join()).toMatch(/all strengths are equal/);
  });

  test('100,000 items: by the likelihood clearly, while the direct methods rate them', () => {
    const builder = new ComparisonTableBuilder();
    for (let item = 0; item < 100_000; item++) {
      builder.add(builder.item(`m${item}`), builder.item(`m${(item * 7 + 1) % 100_000}`), item % 2);
    }
    const table = builder.finish();
    expect(() => rank(table, { prior: 0.5 })).toThrow(/at most 2500 items; there are 100000/);
    for (const method of ['counting', 'average-win-rate', 'elo', 'pagerank'] as const) {
      const { items } = rank(table, { method, shuffles: 1 });
      expect(items).toHaveLength(100_000);
      expect(items.every(({ score }) => Number.isFinite(score))).toBe(true);
    }
  });

  test('options that a method does not have', () => {
    expect(refusal(CYCLE, { method: 'elo', prior: 1 }).code).toBe('bad_usage');
    expect(refusal(CYCLE, { method: 'counting', side: true }).code).toBe('bad_usage');
    expect(refusal(CYCLE, { method: 'elo', intervals: 'sandwich' }).code).toBe('bad_usage');
    expect(refusal(CYCLE, { bothBad: 'loss' }).hint).toMatch(/ties or drop/);
    expect(refusal(CYCLE, { method: 'eloo' as 'elo' }).hint).toBe('Did you mean elo?');
    expect(refusal(CYCLE, { level: 1 }).code).toBe('bad_usage');
    expect(refusal(CYCLE, { cluster: 'promt' }).code).toBe('bad_usage');
    expect(refusal(CYCLE, { anchor: { item: 'd', rating: 1 } }).code).toBe('bad_usage');
    expect(refusal(CYCLE, { method: 'annotator' }).hint).toMatch(/column judge/);
  });

  test('a verdict that is none', () => {
    expect(refusal([{ ...CYCLE[0]!, verdict: 'A' as Verdict }]).code).toBe('bad_input');
  });
});
