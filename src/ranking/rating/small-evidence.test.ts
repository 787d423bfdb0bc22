import { describe, expect, test } from 'vitest';
import { gamesFrom } from '../../../test/support/game-notation.ts';
import { syntheticComparisons } from '../../../test/support/synthetic-comparisons.ts';
import { seededRandom } from '../../core/seeded-random.ts';
import { bestProbabilities } from '../diagnostics/best-probabilities.ts';
import { allDifferences } from '../diagnostics/differences.ts';
import { planComparisons } from '../diagnostics/plan-comparisons.ts';
import { winProbabilities } from '../diagnostics/win-probabilities.ts';
import type { RankOptions } from '../options/options.ts';
import type { Comparison } from '../table/comparison.ts';
import { ComparisonTableBuilder } from '../table/comparison-table-builder.ts';
import { rank } from './rank.ts';

const times = (game: string, count: number) => Array(count).fill(game).join(' ');

function ranked(rows: readonly Comparison[], options: RankOptions = {}) {
  const ranking = rank(rows, options);
  const ranges = Object.fromEntries(
    ranking.items.map(({ item, rankLow, rankHigh }) => [item, `${rankLow}-${rankHigh}`]),
  );
  const estimate = ranking.estimate!;
  const plan = planComparisons(estimate, ranking.fit.comparisons);
  const { pairs } = allDifferences(estimate, 0.95);
  const p = (item: string, other: string) =>
    pairs.find((one) => one.item === item && one.other === other)!.adjustedP;
  const best = bestProbabilities(estimate, 1, 1).best[
    estimate.items.indexOf(ranking.items[0]!.item)
  ];
  return { ranking, ranges, plan, p, best: best!, pairs };
}

describe('two judges with 3 : 2 votes each', () => {
  const rows = ['gpt', 'claude'].flatMap((judge) =>
    gamesFrom('a>b a>b a>b b>a b>a').map((row) => ({ ...row, judge })),
  );

  test('are too few to be the unit, and leave nothing sure', () => {
    const { ranking, ranges, plan, p, best } = ranked(rows);
    expect(ranking.fit).toMatchObject({
      unit: 'comparison',
      passedOver: [{ unit: 'judge', clusters: 2 }],
    });
    expect(ranking.warnings.join()).toMatch(/Only 2 values of judge.*give `cluster: 'comparison'`/);
    expect(ranking.items[0]).toMatchObject({ item: 'a' });
    // Recomputed by a binomial model with robust errors, t of 9 degrees.
    expect(ranking.items[0]!.rating).toBeCloseTo(1035.2, 1);
    expect(ranking.items[0]!.low).toBeCloseTo(901.5, 1);
    expect(ranking.items[0]!.high).toBeCloseTo(1168.9, 1);
    expect(ranges).toEqual({ a: '1-2', b: '1-2' });
    expect(p('a', 'b')).toBeCloseTo(0.754, 3);
    expect(plan!.more).toBeGreaterThan(100);
    expect(best).toBeLessThan(0.8);
  });

  test('named as the unit they agree by chance: the error by comparison still holds', () => {
    const { ranges, ranking } = ranked(rows, { cluster: 'judge' });
    expect(ranges).toEqual({ a: '1-2', b: '1-2' });
    expect(ranking.items[0]!.high! - ranking.items[0]!.low!).toBeGreaterThan(250);
  });
});

test('two wins of a new item are 1 : 4, whatever the prior', () => {
  for (const prior of [0.1, 0.5, 1, 3]) {
    const rows = gamesFrom(`${times('new>b', 2)} ${times('b>c', 6)} ${times('c>b', 4)}`);
    const { ranges, p, plan, best } = ranked(rows, { prior });
    expect(ranges.new).toBe('1-3');
    expect(p('new', 'b')).toBeGreaterThan(0.25);
    expect(plan!.more).not.toBe(0);
    expect(best).toBeLessThan(0.95);
  }
});

test('groups that never met are not separated, whatever is sure inside them', () => {
  const rows = gamesFrom(
    [times('a>b', 32), times('b>a', 28), times('c>d', 50), times('d>c', 10)].join(' '),
  );
  const { ranking, ranges, pairs } = ranked(rows, { prior: 0.5 });
  expect(ranges).toEqual({ a: '1-4', b: '1-4', c: '1-3', d: '2-4' });
  const sure = pairs.filter(({ adjustedP }) => adjustedP < 0.05);
  expect(sure.map(({ item, other }) => item + other)).toEqual(['cd']);
  expect(pairs.filter(({ adjustedP }) => adjustedP === 1).length).toBeGreaterThanOrEqual(4);
  expect(ranking.warnings.join()).toMatch(/2 groups of items never met \(a, b; c, d\)/);
});

test('what groups that never met would do against each other is open from 0 to 1', () => {
  const rows = gamesFrom('a>b b>a a=b c>d d>c c=d');
  for (const method of ['bradley-terry', 'davidson', 'rao-kupper'] as const) {
    const matrix = winProbabilities(rank(rows, { method, prior: 0.5 }));
    const apart = matrix.flat().find((one) => one?.item === 'a' && one.other === 'c')!;
    expect(apart.low).toBeCloseTo(0, 9);
    expect(apart.high).toBeCloseTo(1, 9);
  }
});

test('an item that won 40 of 40 votes against a known one is sure to be above it', () => {
  const rows = gamesFrom([times('a>b', 40), times('b>c', 30), times('c>b', 30)].join(' '));
  const { ranges } = ranked(rows, { prior: 0.5 });
  expect(ranges.a).toBe('1-1');
});

test('few prompts and judges are passed over, lists stand before comparisons', () => {
  const rows = (prompts: number, judges: number): Comparison[] =>
    Array.from({ length: 60 }, (_, at) => ({
      left: 'a',
      right: 'b',
      verdict: at % 3 === 0 ? 'right' : 'left',
      prompt: `p${at % prompts}`,
      judge: `j${at % judges}`,
    }));
  const unit = (prompts: number, judges: number) => {
    const { fit } = rank(rows(prompts, judges));
    return [fit.unit, ...fit.passedOver.map((one) => `${one.unit} ${one.clusters}`)];
  };
  expect(unit(10, 3)).toEqual(['prompt']);
  expect(unit(9, 12)).toEqual(['judge', 'prompt 9']);
  expect(unit(1, 2)).toEqual(['comparison', 'prompt 1', 'judge 2']);
});

test('clusters of unequal size count as fewer', () => {
  const rows = Array.from({ length: 400 }, (_, at): Comparison => {
    const judge = at < 200 ? 'busy' : `j${at % 20}`;
    return { left: 'a', right: 'b', verdict: (at * 7) % 5 < 2 ? 'right' : 'left', judge };
  });
  const { fit, warnings, estimate } = rank(rows);
  // (200 + 20 x 10)² / (200² + 20 x 10²) = 160000 / 42000.
  expect(fit.effectiveClusters).toBeCloseTo(3.8095, 4);
  expect(estimate!.degreesOfFreedom).toBeCloseTo(2.8095, 4);
  expect(warnings.join()).toMatch(/unequal size and count as 3.8/);
});

/** Ordered lists, taken apart into pairs as a file of lists is. */
function listTable(lists: readonly string[]) {
  const builder = new ComparisonTableBuilder();
  lists.forEach((list, at) => {
    for (let place = 0; place < list.length; place++) {
      for (const below of list.slice(place + 1)) {
        const row = builder.add(builder.item(list[place]!), builder.item(below), 0);
        builder.setGroup('ranking', row, `l${at}`);
      }
    }
  });
  return builder.finish();
}

describe('ordered lists', () => {
  test('are one observation each, not as many as they have pairs', () => {
    const { items, fit } = rank(listTable(['abc', 'bac', 'cab', 'acb']));
    expect(fit).toMatchObject({ unit: 'ranking', clusters: 4 });
    // Recomputed by a binomial model with errors by list, t of 3 degrees.
    for (const [at, rating, low, high] of [
      [0, 1127.2, 843.5, 1411],
      [1, 936.4, 542.9, 1329.9],
      [2, 936.4, 542.9, 1329.9],
    ] as const) {
      expect(items[at]!.rating).toBeCloseTo(rating, 1);
      expect(items[at]!.low).toBeCloseTo(low, 1);
      expect(items[at]!.high).toBeCloseTo(high, 1);
    }
  });

  test('of equal items leave every rank open in nearly all worlds', () => {
    const names = 'abcdefghij';
    let wrong = 0;
    for (let world = 0; world < 100; world++) {
      const random = seededRandom(world, 77);
      const shuffled = () =>
        [...names]
          .map((name) => ({ name, at: random() }))
          .sort((a, b) => a.at - b.at)
          .map(({ name }) => name)
          .join('');
      const { items } = rank(listTable(Array.from({ length: 30 }, shuffled)));
      if (items.some(({ rankLow, rankHigh }) => rankLow! > 1 || rankHigh! < 10)) wrong++;
    }
    expect(wrong).toBeLessThanOrEqual(11);
  });
});

test('few judges of equal items make hardly any pair sure', () => {
  for (const judges of [2, 3, 5]) {
    let wrong = 0;
    for (let seed = 0; seed < 60; seed++) {
      const rows = syntheticComparisons({
        logStrengths: [0, 0, 0, 0, 0, 0],
        rows: 600,
        seed,
        judges: { count: judges, sd: 0.7 },
      });
      const { items } = rank(rows, { cluster: 'judge' });
      if (items.some(({ rankLow, rankHigh }) => rankLow! > 1 || rankHigh! < 6)) wrong++;
    }
    expect(wrong).toBeLessThanOrEqual(8);
  }
});
