import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../core/seeded-random.ts';
import type { Comparison, Verdict } from '../table/comparison.ts';
import { agreement, ratingAgreement } from './agreement.ts';
import { clusteredShare } from './clustered-share.ts';
import { jackknifeBounds } from './jackknife.ts';
import { ratingsFromMatrix } from './ratings-from-matrix.ts';

/** Krippendorff's published codings of four coders on twelve units. */
const CODINGS = [
  [1, 2, 3, 3, 2, 1, 4, 1, 2, null, null, null],
  [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, null, 3],
  [null, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, null],
  [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, null],
];

/** Three judges on two pairs under each of eight prompts: 0 the first item won, 1 a tie, 2 the second. */
const CODES = '020001000211112010111020010121212001000000222221';

function panel(): Comparison[] {
  return Array.from(CODES, (code, at) => {
    const unit = Math.floor(at / 3);
    const [left, right] = ['a', unit % 2 === 0 ? 'b' : 'c'];
    const verdict = (['left', 'tie', 'right'] as const)[Number(code)]!;
    return { prompt: `p${Math.floor(unit / 2)}`, judge: `j${at % 3}`, left, right, verdict };
  });
}

const OPPOSITE = { left: 'right', right: 'left', tie: 'tie', both_bad: 'both_bad' } as const;
const turned = (row: Comparison): Comparison => ({
  ...row,
  left: row.right,
  right: row.left,
  verdict: OPPOSITE[row.verdict],
});

describe('agreement beside other programs', () => {
  it("gives Gwet's AC1 as irrCAC does, and the bounds of a jackknife over units", () => {
    const { ac1, alpha, fleiss, clusters } = ratingAgreement(ratingsFromMatrix(CODINGS));
    expect(ac1.ac1).toBeCloseTo(0.775444068, 9);
    expect(ac1.agreement).toBeCloseTo(0.818181818, 9);
    expect(ac1.chance).toBeCloseTo(0.190321181, 9);
    expect(ac1.low).toBeCloseTo(0.499828115, 8);
    expect(ac1.high).toBe(1);
    expect(alpha).toMatchObject({ interval: 'clusters', high: 1 });
    expect(alpha.low).toBeCloseTo(0.417384954, 8);
    expect(fleiss.kappa).toBeCloseTo(0.762483131, 8);
    expect(clusters).toEqual({ unit: 'unit', count: 12 });
    for (const [distance, low] of [
      ['ordinal', 0.485553119],
      ['interval', 0.535296443],
    ] as const) {
      const found = ratingAgreement(ratingsFromMatrix(CODINGS), { distance }).alpha;
      expect(found.low).toBeCloseTo(low, 8);
    }
  });

  // krippendorff, irrCAC and scikit-learn on each unit in both directions, a prompt left out at a time;
  // the share by statsmodels' clustered error.
  it('leaves out a prompt at a time, and counts each unit from both of its sides', () => {
    const found = agreement(panel(), { fewestCommonUnits: 5 });
    expect(found.clusters).toEqual({ unit: 'prompt', count: 8 });
    const bounds = (
      value: number | null,
      { low, high }: { low: number | null; high: number | null },
    ) => [value, low, high].map((one) => Number(one!.toFixed(7)));
    expect(bounds(found.alpha.alpha, found.alpha)).toEqual([0.3189964, 0.0132727, 0.6247201]);
    expect(bounds(found.ac1.ac1, found.ac1)).toEqual([0.3128355, 0.0009411, 0.6247299]);
    expect(bounds(found.fleiss.kappa, found.fleiss)).toEqual([0.311828, 0.0024208, 0.6212351]);
    const { cohen, percent } = found;
    expect(bounds(cohen!.kappa, cohen!)).toEqual([0.3163323, 0.0049903, 0.6276743]);
    expect(bounds(cohen!.linear, cohen!.linearBounds)).toEqual([0.3953654, 0.0578347, 0.7328961]);
    expect(bounds(cohen!.quadratic, cohen!.quadraticBounds)).toEqual([
      0.4724638, 0.0592334, 0.8856941,
    ]);
    expect(bounds(percent.share, percent)).toEqual([0.5416667, 0.3439905, 0.7270426]);
    const ordinal = agreement(panel(), { distance: 'ordinal' }).alpha;
    expect(bounds(ordinal.alpha, ordinal)).toEqual([0.4902146, 0.0977273, 0.882702]);
  });
});

describe('agreement and the order of rows', () => {
  const verdict = fc.constantFrom<Verdict>('left', 'right', 'tie', 'both_bad');
  const pair = fc.constantFrom(['a', 'b'], ['a', 'c'], ['c', 'b']);
  const one = fc.tuple(fc.constantFrom('j1', 'j2', 'j3'), pair, verdict, fc.boolean(), fc.nat(4));

  it.each(['clusters', 'bootstrap', 'units'] as const)(
    'gives the same for rows in any order and shown from any side, by %s',
    (interval) => {
      fc.assert(
        fc.property(fc.array(one, { minLength: 1, maxLength: 30 }), fc.nat(), (list, seed) => {
          const rows = list.map(
            ([judge, [left, right], verdict, , p]): Comparison => ({
              judge,
              left: left!,
              right: right!,
              verdict,
              prompt: `p${p}`,
            }),
          );
          const random = seededRandom(seed);
          const mixed = rows
            .map((row) => ({ row, at: random() }))
            .sort((a, b) => a.at - b.at)
            .map(({ row }) => row);
          const from = (given: Comparison[]) => {
            const { position, judges, outliers, ...found } = agreement(given, {
              interval,
              rounds: 30,
              fewestCommonUnits: 2,
            });
            const orders = judges.map((judge) => [judge.judge, judge.majority, judge.position]);
            const text = JSON.stringify([found, orders, position], (_, value) =>
              typeof value === 'number' ? Number(value.toFixed(7)) : value,
            );
            expect(outliers.judges.length).toBeLessThanOrEqual(3);
            return text.replaceAll('-0,', '0,');
          };
          expect(from(mixed)).toBe(from(rows));
          // Shown from the other side, who won stays the same; which side won does not.
          const sides = (given: Comparison[]) => {
            const { alpha, cohen, fleiss, ac1, percent } = agreement(given, {
              interval,
              rounds: 30,
              fewestCommonUnits: 2,
            });
            return JSON.stringify([alpha, cohen, fleiss, ac1, percent], (_, value) =>
              typeof value === 'number' ? Number(value.toFixed(7)) : value,
            ).replaceAll('-0,', '0,');
          };
          const shown = mixed.map((row, at) => (list[at]![3] ? turned(row) : row));
          expect(sides(shown)).toBe(sides(rows));
        }),
        { numRuns: 60 },
      );
    },
  );
});

describe('clusteredShare', () => {
  it('is as wide as its clusters say, and never surer than they allow', () => {
    const even = clusteredShare([5, 5, 5, 5], [10, 10, 10, 10], 0.95);
    expect(even.low).toBeCloseTo(0.2753, 4);
    const torn = clusteredShare([10, 0, 10, 0], [10, 10, 10, 10], 0.95);
    expect(torn.low).toBeLessThan(0.07);
    const all = clusteredShare([10, 10, 10], [10, 10, 10], 0.95);
    expect(all).toMatchObject({ share: 1, high: 1 });
    expect(all.low).toBeLessThan(0.2);
    expect(clusteredShare([3], [4], 0.95)).toMatchObject({ share: 0.75, low: null, high: null });
    expect(clusteredShare([0, 0], [0, 0], 0.95)).toMatchObject({ share: null, low: null });
  });
});

describe('jackknifeBounds', () => {
  it('has none without two blocks or without any spread', () => {
    expect(jackknifeBounds(0.5, [0.5], 0.95)).toEqual({ low: null, high: null });
    expect(jackknifeBounds(0.5, [0.5, 0.5, 0.5], 0.95)).toEqual({ low: null, high: null });
    expect(jackknifeBounds(null, [0.5, 0.4], 0.95)).toEqual({ low: null, high: null });
  });

  it('does not take agreement in a few units for sure', () => {
    const rows = ['p', 'q', 'r', 's'].flatMap((prompt, at) =>
      ['j1', 'j2'].map(
        (judge): Comparison => ({
          prompt,
          judge,
          left: 'a',
          right: 'b',
          verdict: at % 2 === 0 ? 'left' : 'right',
        }),
      ),
    );
    const { alpha, ac1, fleiss } = agreement(rows);
    expect([alpha.alpha, ac1.ac1, fleiss.kappa]).toEqual([1, 1, 1]);
    for (const { low, high } of [alpha, ac1, fleiss]) {
      expect(low).toBeLessThan(0.2);
      expect(high).toBe(1);
    }
  });
});

describe('flips', () => {
  it('have an interval over prompts', () => {
    const rows = Array.from({ length: 10 }, (_, at) =>
      (['left', at < 4 ? 'left' : 'right'] as const).map(
        (verdict, order): Comparison => ({
          prompt: `p${at}`,
          judge: 'j',
          left: order === 0 ? 'a' : 'b',
          right: order === 0 ? 'b' : 'a',
          verdict,
        }),
      ),
    ).flat();
    const { pairs, flips, flipRate, low, high } = agreement(rows).position!.bothOrders;
    expect([pairs, flips, flipRate]).toEqual([10, 4, 0.4]);
    // Dean and Pagano's interval with V = 10/9 · .24/10 and t(9): 9 independent observations.
    expect(low).toBeCloseTo(0.139077347, 8);
    expect(high).toBeCloseTo(0.733420016, 8);
  });
});

describe('a verdict that is not sure', () => {
  it('counts once in agreement, for the side that it leans to', () => {
    const table = {
      items: ['a', 'b'],
      rows: 4,
      left: Uint16Array.of(0, 0, 0, 0),
      right: Uint16Array.of(1, 1, 1, 1),
      verdict: Uint8Array.of(0, 1, 0, 1),
      weight: Float64Array.of(0.93, 0.07, 0.2, 0.8),
      groups: {
        ranking: { ids: Uint32Array.of(0, 0, 1, 1), count: 2, names: ['x', 'y'] },
        judge: { ids: Uint32Array.of(0, 0, 1, 1), count: 2, names: ['j', 'k'] },
      },
      features: {},
    };
    const found = agreement(table);
    expect(found).toMatchObject({ comparisons: 2, merged: 0, rankings: null });
    expect(found.percent).toMatchObject({ count: 0, of: 1 });
    expect(found.position).toMatchObject({ left: 1, right: 1 });
  });
});
