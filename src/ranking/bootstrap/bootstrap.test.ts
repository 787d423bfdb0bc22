import { describe, expect, test } from 'vitest';
import { syntheticComparisons } from '../../../test/support/synthetic-comparisons.ts';
import type { RankOptions } from '../options/options.ts';
import { finishRanking } from '../rating/finish-ranking.ts';
import { prepareRanking } from '../rating/prepare-ranking.ts';
import { bootstrap, rank } from '../rating/rank.ts';
import type { Ranking } from '../rating/ranking.ts';
import { bootstrapJob } from './bootstrap-job.ts';
import { bootstrapRounds, joinRounds } from './bootstrap-rounds.ts';

const STRENGTHS = [1, 0.6, 0.3, 0, -0.4, -0.8];
const many = syntheticComparisons({ logStrengths: STRENGTHS, rows: 6000, seed: 3, ties: 0.2 });

const widths = (ranking: Ranking) =>
  new Map(ranking.items.map(({ item, low, high }) => [item, high! - low!]));

function expectSimilarWidths(one: Ranking, other: Ranking, by: number) {
  const expected = widths(other);
  for (const [item, width] of widths(one)) {
    expect(Math.abs(width / expected.get(item)! - 1), item).toBeLessThan(by);
  }
}

describe('bootstrap and sandwich agree on large samples', () => {
  test.each<RankOptions>([
    { method: 'bradley-terry' },
    { method: 'davidson' },
    { method: 'rao-kupper' },
    { method: 'bradley-terry', side: true },
    { method: 'bradley-terry', prior: 20 },
  ])('%o', (options) => {
    const sandwich = rank(many, { ...options, cluster: 'comparison' });
    for (const bootstrapInterval of ['percentile', 'basic', 'bca'] as const) {
      const drawn = bootstrap(many, {
        ...options,
        cluster: 'comparison',
        rounds: 2000,
        bootstrapInterval,
      });
      expectSimilarWidths(drawn, sandwich, 0.09);
      expect(drawn.fit.degenerateRounds).toBe(0);
    }
  });

  test('by cluster, with judges that differ', () => {
    const rows = syntheticComparisons({
      logStrengths: STRENGTHS,
      rows: 8000,
      seed: 4,
      judges: { count: 150, sd: 0.8 },
    });
    const sandwich = rank(rows, { cluster: 'judge' });
    expect(sandwich.fit.widening).toBeGreaterThan(1.3);
    const drawn = bootstrap(rows, { cluster: 'judge', rounds: 2000 });
    expectSimilarWidths(drawn, sandwich, 0.12);
  });

  test('with weights: a row of weight 4 is one piece of evidence', () => {
    const heavy = many.map((row, at) => ({ ...row, weight: at % 5 === 0 ? 4 : 1 }));
    const sandwich = rank(heavy, { cluster: 'comparison' });
    expectSimilarWidths(bootstrap(heavy, { cluster: 'comparison', rounds: 1500 }), sandwich, 0.1);
    const plain = widths(rank(many, { cluster: 'comparison' }));
    for (const [item, width] of widths(sandwich)) {
      expect(width / plain.get(item)!).toBeGreaterThan(1.1);
    }
  });
});

test.each(['bradley-terry', 'counting', 'elo', 'annotator'] as const)(
  '%s: rounds do not depend on how they are shared among workers',
  (method) => {
    const rows = many.slice(0, 300);
    const options = { method, intervals: 'bootstrap', rounds: 24, cluster: 'judge' } as const;
    const judged = rows.map((row, at) => ({ ...row, judge: `j${at % 12}` }));
    const prepared = prepareRanking(judged, options);
    const job = structuredClone(bootstrapJob(prepared.data, prepared.fit, prepared.options));
    const whole = bootstrapRounds(job, 0, 24);
    const parts = joinRounds([
      bootstrapRounds(job, 0, 5),
      bootstrapRounds(job, 5, 20),
      bootstrapRounds(job, 20, 24),
    ]);
    expect(parts).toEqual(whole);
    expect(finishRanking(prepared, [{ unit: 'judge', ...parts }]).items).toEqual(
      rank(judged, options).items,
    );
  },
);

test('another seed gives other rounds, the same seed the same', () => {
  const bounds = (seed: number) =>
    bootstrap(many, { seed, rounds: 50 }).items.map((one) => one.low);
  expect(bounds(1)).toEqual(bounds(1));
  expect(bounds(2)).not.toEqual(bounds(1));
});

describe('rounds without a finite fit', () => {
  const fragile = [
    ...syntheticComparisons({ logStrengths: [0, 0, 0], rows: 300, seed: 1 }),
    { left: 'm0', right: 'weak', verdict: 'right' as const },
    ...Array.from({ length: 8 }, () => ({
      left: 'm0',
      right: 'weak',
      verdict: 'left' as const,
    })),
  ];

  test('more than 1 % of them leave no intervals and say what to do', () => {
    const ranking = bootstrap(fragile, { rounds: 200 });
    expect(ranking.fit.degenerateRounds).toBeGreaterThan(40);
    expect(ranking.problems.join()).toMatch(/`prior: 0.5`, or `intervals: 'sandwich'`/);
    expect(ranking.items.every(({ low, high }) => low === null && high === null)).toBe(true);
  });

  test('a prior makes every round finite', () => {
    const ranking = bootstrap(fragile, { rounds: 200, prior: 0.5 });
    expect(ranking.fit.degenerateRounds).toBe(0);
    expect(ranking.problems).toEqual([]);
    for (const { low, high } of ranking.items) expect(low!).toBeLessThan(high!);
  });
});

test('bca moves a skewed interval towards the long tail', () => {
  const rows = syntheticComparisons({ logStrengths: [2.5, 0, 0, 0], rows: 400, seed: 8 });
  const middle = ({ items }: Ranking) => {
    const best = items.find(({ item }) => item === 'm0')!;
    return (best.high! + best.low!) / 2 - best.rating!;
  };
  const percentile = bootstrap(rows, { rounds: 2000 });
  const bca = bootstrap(rows, { rounds: 2000, bootstrapInterval: 'bca' });
  expect(middle(percentile)).toBeGreaterThan(0);
  expect(middle(bca)).toBeLessThan(middle(percentile));
});
