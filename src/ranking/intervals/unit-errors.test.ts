import { describe, expect, test } from 'vitest';
import { syntheticComparisons } from '../../../test/support/synthetic-comparisons.ts';
import { rank } from '../rating/rank.ts';
import { RATING_SCALE } from '../rating/rank-items.ts';

const rows = syntheticComparisons({
  logStrengths: [0.5, 0.2, 0, -0.4],
  rows: 300,
  seed: 2,
  judges: { count: 11, sd: 0.5 },
}).map((row, at) => ({ ...row, prompt: `p${(at * 5 + Math.floor(at / 30)) % 13}` }));

/** Standard errors of the ratings of m0 to m3. */
function errors(cluster: string): number[] {
  const { items, covariance } = rank(rows, { cluster }).estimate!;
  return items
    .map((item, at) => ({ item, error: RATING_SCALE * Math.sqrt(covariance[at * 5]!) }))
    .sort((a, b) => a.item.localeCompare(b.item))
    .map(({ error }) => error);
}

describe('two-way clusters', () => {
  test("take away the intersection, as R's vcovCL does", () => {
    [20.605591541, 23.7093704822, 17.7063408452, 30.1504154286].forEach((expected, at) => {
      expect(errors('prompt,judge')[at]).toBeCloseTo(expected, 6);
    });
  });

  test('with ",comparison" take away single comparisons, as its multi0 = TRUE does', () => {
    [20.1547612569, 23.2353176394, 16.8435544327, 30.263568376].forEach((expected, at) => {
      expect(errors('prompt, judge, comparison')[at]).toBeCloseTo(expected, 6);
    });
  });

  test('of three other units are refused', () => {
    expect(() => rank(rows, { cluster: 'prompt,judge,pair' })).toThrow(/names 3 units/);
  });
});

test('a prior brings the error of the model, which no chance agreement of few votes makes smaller', () => {
  const estimate = rank(rows, { prior: 0.5 }).estimate!;
  expect(estimate.further!.map(({ unit }) => unit)).toContain('model');
  expect(rank(rows).estimate!.further!.map(({ unit }) => unit)).not.toContain('model');
});
