import { describe, expect, it } from 'vitest';
import { rank } from '../rating/rank.ts';
import type { ComparisonTable } from '../table/comparison-table.ts';
import { ComparisonTableBuilder } from '../table/comparison-table-builder.ts';
import { winRates } from './win-rate.ts';

/** Length of the new answer and of the baseline's, points of the new one, prompt. */
const ROWS: readonly (readonly [number, number, number, number])[] = [
  [44, 54, 0, 0],
  [56, 28, 1, 0],
  [53, 12, 1, 1],
  [33, 48, 0.5, 1],
  [56, 58, 1, 2],
  [58, 59, 1, 2],
  [58, 56, 1, 3],
  [9, 25, 0.93, 3],
  [29, 45, 0, 4],
  [38, 58, 0, 4],
  [20, 36, 1, 5],
  [25, 56, 0.2, 5],
  [39, 37, 1, 6],
  [49, 14, 1, 6],
  [36, 30, 1, 7],
  [14, 38, 1, 7],
  [42, 21, 1, 8],
  [52, 43, 0, 8],
  [17, 27, 1, 9],
  [34, 56, 0, 9],
  [23, 16, 1, 10],
  [54, 41, 1, 10],
  [8, 9, 1, 11],
  [31, 12, 0, 11],
];

/** The same as a table; every other row shows the baseline on the left. */
function annotations(): ComparisonTable {
  const builder = new ComparisonTableBuilder();
  const [base, fresh] = [builder.item('base'), builder.item('new')];
  for (const [at, [own, other, points, prompt]] of ROWS.entries()) {
    const swapped = at % 2 === 1;
    const [left, right] = swapped ? [base, fresh] : [fresh, base];
    const leftPoints = swapped ? 1 - points : points;
    const parts =
      points === 0.5
        ? [[2, 1]]
        : [
            [0, leftPoints],
            [1, 1 - leftPoints],
          ];
    for (const [verdict, weight] of parts) {
      if (weight === 0) continue;
      const row = builder.add(left, right, verdict!, weight);
      builder.setGroup('prompt', row, `p${prompt}`);
      builder.setFeature('length', row, swapped ? other - own : own - other);
    }
  }
  return builder.finish();
}

describe('winRates', () => {
  // statsmodels: GLM(points, tanh(difference / deviation), Binomial), errors clustered by prompt, G/(G - 1), t.
  it('gives the share of wins and its interval, and both at equal length, as statsmodels does', () => {
    const [found] = winRates(annotations(), { baseline: 'base', length: 'length' });
    expect(found).toMatchObject({ item: 'new', comparisons: 24, unit: 'prompt', clusters: 12 });
    expect(found!.winRate).toBeCloseTo(0.692916667, 9);
    expect(found!.low).toBeCloseTo(0.46871959, 8);
    expect(found!.high).toBeCloseTo(0.852313979, 8);
    const controlled = found!.lengthControlled!;
    expect(controlled.winRate).toBeCloseTo(0.7306531418, 8);
    expect(controlled.low).toBeCloseTo(0.4739694632, 7);
    expect(controlled.high).toBeCloseTo(0.8909123244, 7);
    expect(controlled.lengthLogOdds).toBeCloseTo(1.29123178, 6);
  });

  it('says nothing about equal length where lengths or wins do not allow it', () => {
    const rows = (verdict: 'left' | 'right', length: number) => ({
      left: 'new',
      right: 'base',
      verdict,
      features: { length },
    });
    const same = winRates(tableOf([rows('left', 5), rows('right', 5)]), {
      baseline: 'base',
      length: 'length',
    });
    expect(same[0]!.lengthControlled).toBeNull();
    const split = winRates(tableOf([rows('left', 5), rows('left', 9), rows('right', -5)]), {
      baseline: 'base',
      length: 'length',
    });
    expect(split[0]!.lengthControlled).toBeNull();
  });

  it('names what is not there, and leaves out who never met the baseline', () => {
    const table = tableOf([
      { left: 'a', right: 'base', verdict: 'left' },
      { left: 'a', right: 'c', verdict: 'left' },
    ]);
    expect(winRates(table, { baseline: 'base' }).map(({ item }) => item)).toEqual(['a']);
    expect(() => winRates(table, { baseline: 'bas' })).toThrowError(
      expect.objectContaining({ hint: 'Did you mean "base"?' }),
    );
    expect(() => winRates(table, { baseline: 'base', length: 'len' })).toThrowError(/no feature/);
  });
});

describe('rank with pairs weighed by how often they met', () => {
  const WINS = [
    ['a', 'b', 60, 30],
    ['a', 'c', 9, 4],
    ['b', 'c', 20, 25],
    ['c', 'd', 7, 8],
    ['b', 'd', 5, 3],
  ] as const;
  const votes = WINS.flatMap(([left, right, won, lost]) => [
    ...new Array(won).fill({ left, right, verdict: 'left' }),
    ...new Array(lost).fill({ left: right, right: left, verdict: 'left' }),
  ]);

  // The formulas of arena-rank's PairDataset (reweighted) and sandwich, in numpy; its errors times √(171/170).
  it.each([
    [
      50,
      [1092.975334, 964.962645, 981.461533, 960.600488],
      [36.019191, 28.572276, 31.974177, 56.106501],
    ],
    [
      20,
      [1099.84566, 970.767215, 972.563763, 956.823362],
      [41.235062, 29.35494, 34.018185, 56.40546],
    ],
  ])(
    'gives the ratings and errors of arena-rank with at least %i meetings',
    (reweight, ratings, errors) => {
      const { items, estimate } = rank(votes, { reweight, cluster: 'comparison' });
      const found = new Map(items.map(({ item, rating }) => [item, rating!]));
      for (const [k, item] of ['a', 'b', 'c', 'd'].entries()) {
        expect(found.get(item)).toBeCloseTo(ratings[k]!, 5);
        const at = estimate!.items.indexOf(item);
        const variance = estimate!.covariance[at * 4 + at]!;
        const scale = 400 / Math.LN10;
        expect(scale * Math.sqrt((variance * 170) / 171)).toBeCloseTo(errors[k]!, 4);
      }
    },
  );

  it('refuses fewer than one meeting', () => {
    expect(() => rank(votes, { reweight: 0.5 })).toThrowError(/meetings is 0.5/);
  });
});

function tableOf(rows: readonly Record<string, unknown>[]): ComparisonTable {
  const builder = new ComparisonTableBuilder();
  for (const { left, right, verdict, features = {} } of rows) {
    const items = [builder.item(String(left)), builder.item(String(right))] as const;
    const row = builder.add(...items, ['left', 'right', 'tie'].indexOf(String(verdict)));
    for (const [name, value] of Object.entries(features as Record<string, number>)) {
      builder.setFeature(name, row, value);
    }
  }
  return builder.finish();
}
