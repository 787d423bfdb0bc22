import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  naiveAverageWinRate,
  naiveCounting,
  naiveElo,
} from '../../../test/support/naive/direct-scores.ts';
import { naiveSandwich } from '../../../test/support/naive/sandwich.ts';
import { naiveEigenvector, naivePagerank } from '../../../test/support/naive/spectral-scores.ts';
import {
  naiveDavidson,
  naiveLogLikelihood,
  naiveRaoKupper,
} from '../../../test/support/naive/tie-likelihoods.ts';
import { tournament } from '../../../test/support/naive/tournament.ts';
import { naiveBradleyTerry } from '../../../test/support/naive/zermelo.ts';
import type { RankOptions } from '../options/options.ts';
import type { Comparison } from '../table/comparison.ts';
import { rank } from './rank.ts';

const VERDICTS = ['left', 'right', 'tie', 'both_bad'] as const;

const comparison = (items: number): fc.Arbitrary<Comparison> =>
  fc
    .record({
      left: fc.nat(items - 1),
      other: fc.nat(items - 2),
      verdict: fc.constantFrom(...VERDICTS),
      weight: fc.constantFrom(1, 1, 1, 2, 0.5),
      judge: fc.constantFrom('j1', 'j2', 'j3', 'j4'),
      prompt: fc.constantFrom('p1', 'p2', 'p3', 'p4', 'p5'),
    })
    .map(({ left, other, ...rest }) => ({
      left: `m${left}`,
      right: `m${other >= left ? other + 1 : other}`,
      ...rest,
    }));

/** A cycle in which everybody beats the next one makes any tournament comparable. */
const cycle = (items: number): Comparison[] =>
  Array.from({ length: items }, (_, i) => ({
    left: `m${i}`,
    right: `m${(i + 1) % items}`,
    verdict: 'left',
    judge: `j${1 + (i % 4)}`,
    prompt: `p${1 + (i % 5)}`,
  }));

const connected: fc.Arbitrary<Comparison[]> = fc
  .integer({ min: 3, max: 7 })
  .chain((items) =>
    fc
      .array(comparison(items), { minLength: 4, maxLength: 60 })
      .map((rows) => [...rows, ...cycle(items)]),
  );
const withTies = connected.map((rows): Comparison[] => [
  ...rows,
  { left: 'm0', right: 'm1', verdict: 'tie', judge: 'j1', prompt: 'p1' },
]);

function scores(rows: readonly Comparison[], options: RankOptions): Map<string, number> {
  const { items, problems } = rank(rows, { intervals: 'none', shuffles: 0, ...options });
  expect(problems).toEqual([]);
  for (const { score } of items) expect(score).not.toBeNaN();
  return new Map(items.map(({ item, score }) => [item, score]));
}

function expectSame(actual: Map<string, number>, expected: Map<string, number>, by = 1e-7) {
  expect([...actual.keys()].sort()).toEqual([...expected.keys()].sort());
  for (const [item, value] of expected) {
    const error = Math.abs(actual.get(item)! - value) / Math.max(1e-3, Math.abs(value));
    expect(error, `${item}: ${actual.get(item)} instead of ${value}`).toBeLessThan(by);
  }
}

const RUNS = { numRuns: 60 };

describe('every method equals its naive twin', () => {
  const twins: Record<string, (rows: readonly Comparison[]) => readonly number[]> = {
    counting: (rows) => naiveCounting(tournament(rows)),
    'average-win-rate': (rows) => naiveAverageWinRate(tournament(rows)),
    pagerank: (rows) => naivePagerank(tournament(rows)),
    eigenvector: (rows) => naiveEigenvector(tournament(rows)),
    'bradley-terry': (rows) => naiveBradleyTerry(tournament(rows)),
  };
  test.each(Object.entries(twins))('%s', (method, twin) => {
    fc.assert(
      fc.property(connected, (rows) => {
        const { items } = tournament(rows);
        const expected = new Map(twin(rows).map((score, i) => [items[i]!, score]));
        expectSame(scores(rows, { method: method as 'counting' }), expected, 1e-6);
      }),
      RUNS,
    );
  });

  test('elo', () => {
    fc.assert(
      fc.property(connected, (rows) => expectSame(scores(rows, { method: 'elo' }), naiveElo(rows))),
      RUNS,
    );
  });

  test('bradley-terry with a prior, also where groups are separate or near-separable', () => {
    const any = fc.array(comparison(6), { minLength: 1, maxLength: 25 });
    fc.assert(
      fc.property(any, fc.constantFrom(0.1, 0.5, 2), (rows, prior) => {
        const played = tournament(rows);
        const expected = naiveBradleyTerry(played, prior);
        expectSame(
          scores(rows, { prior }),
          new Map(played.items.map((item, i) => [item, expected[i]!])),
          1e-6,
        );
      }),
      RUNS,
    );
  });
});

describe('models of ties reach the top of the printed likelihood', () => {
  test.each([
    ['davidson', naiveDavidson],
    ['rao-kupper', naiveRaoKupper],
  ] as const)('%s', (method, model) => {
    fc.assert(
      fc.property(
        withTies,
        fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 8, maxLength: 8 }),
        (rows, shift) => {
          const played = tournament(rows);
          const ranking = rank(rows, { method, intervals: 'none' });
          const found = new Map(ranking.items.map(({ item, score }) => [item, score]));
          const s = played.items.map((item) => found.get(item)!);
          const tie = ranking.fit.ties!.value;
          const top = naiveLogLikelihood(played, model, s, tie);
          expect(top).toBeCloseTo(ranking.fit.logLikelihood!, 8);
          const height = (size: number) => {
            const moved = s.map((one, i) => one * Math.exp(size * shift[i]!));
            const movedTie =
              method === 'davidson'
                ? tie * Math.exp(size * shift[7]!)
                : 1 + (tie - 1) * Math.exp(size * shift[7]!);
            return naiveLogLikelihood(played, model, moved, movedTie);
          };
          for (const size of [1e-3, -1e-3, 0.1, -0.1])
            expect(height(size)).toBeLessThanOrEqual(top + 1e-10);
        },
      ),
      RUNS,
    );
  });

  test("newman's iteration and davidson agree to 1e-6, v = ν/2", () => {
    fc.assert(
      fc.property(withTies, (rows) => {
        const newman = rank(rows, { method: 'newman', intervals: 'none' });
        const davidson = rank(rows, { method: 'davidson', intervals: 'none' });
        const of = (ranking: typeof newman) =>
          new Map(ranking.items.map(({ item, score }) => [item, score]));
        expectSame(of(newman), of(davidson), 1e-6);
        expect(newman.fit.ties!.value).toBeCloseTo(davidson.fit.ties!.value / 2, 6);
      }),
      RUNS,
    );
  });
});

const FAMILY = ['bradley-terry', 'davidson', 'rao-kupper'] as const;
const BY_PAIRS = ['counting', 'average-win-rate', 'pagerank', 'eigenvector', ...FAMILY] as const;

describe('what must not matter does not', () => {
  const swapped = ({ left, right, verdict, ...rest }: Comparison): Comparison => ({
    ...rest,
    left: right,
    right: left,
    verdict: verdict === 'left' ? 'right' : verdict === 'right' ? 'left' : verdict,
  });

  test.each(BY_PAIRS)('%s: the order of the rows, the side shown, the names', (method) => {
    fc.assert(
      fc.property(withTies, (rows) => {
        const expected = scores(rows, { method });
        expectSame(scores(rows.toReversed(), { method }), expected);
        expectSame(scores(rows.map(swapped), { method }), expected);
        const renamed = (name: string) => `x${9 - Number(name.slice(1))}`;
        const other = rows.map((row) => ({
          ...row,
          left: renamed(row.left),
          right: renamed(row.right),
        }));
        const back = new Map([...expected].map(([item, score]) => [renamed(item), score]));
        expectSame(scores(other, { method }), back);
      }),
      { numRuns: 25 },
    );
  });

  test.each(BY_PAIRS)('%s: a weight of 2 or the row twice', (method) => {
    fc.assert(
      fc.property(withTies, (rows) => {
        const twice = rows.flatMap((row, at) => (at % 3 === 0 ? [row, row] : [row]));
        const heavy = rows.map((row, at) =>
          at % 3 === 0 ? { ...row, weight: 2 * (row.weight ?? 1) } : row,
        );
        expectSame(scores(heavy, { method }), scores(twice, { method }));
      }),
      { numRuns: 25 },
    );
  });
});

test.each(['comparison', 'judge', 'prompt'] as const)(
  'the sandwich by %s equals full matrices',
  (unit) => {
    fc.assert(
      fc.property(connected, (rows) => {
        const { estimate } = rank(rows, { cluster: unit });
        const names = (row: number) => (unit === 'comparison' ? String(row) : rows[row]![unit]!);
        const expected = naiveSandwich(rows, estimate!.items, [...estimate!.values], names);
        const scale = Math.max(...expected.to1DArray().map(Math.abs));
        expected.to1DArray().forEach((value, at) => {
          expect(Math.abs(estimate!.covariance[at]! - value)).toBeLessThan(1e-7 * scale + 1e-12);
        });
      }),
      RUNS,
    );
  },
);
