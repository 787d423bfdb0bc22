import { describe, expect, test } from 'vitest';
import { comparisonsFromCsv } from '../../../test/support/comparison-csv.ts';
import { tournament } from '../../../test/support/naive/tournament.ts';
import { hasSharedData, readSharedData } from '../../../test/support/shared-data.ts';
import { allDifferences } from '../diagnostics/differences.ts';
import { correlateRankings } from '../diagnostics/rank-by-column.ts';
import type { RankOptions } from '../options/options.ts';
import { rank } from './rank.ts';

/** Scores by item, divided by their sum where asked. */
function scores(file: string, options: RankOptions, rescaled = false): Record<string, number> {
  const { items } = rank(comparisonsFromCsv(readSharedData(file)), {
    intervals: 'none',
    ...options,
  });
  const sum = rescaled ? items.reduce((total, { score }) => total + score, 0) : 1;
  return Object.fromEntries(items.map(({ item, score }) => [item, score / sum]));
}

function golden(file: string, algorithm: string): Record<string, number> {
  const rows = readSharedData(file)
    .trim()
    .split('\n')
    .map((line) => line.split(','))
    .filter(([name]) => name === algorithm)
    .map(([, item, score]) => [item!, Number(score)] as const);
  return Object.fromEntries(rows);
}

function rescale(values: Record<string, number>): Record<string, number> {
  const sum = Object.values(values).reduce((total, value) => total + value, 0);
  return Object.fromEntries(Object.entries(values).map(([item, value]) => [item, value / sum]));
}

function expectClose(actual: Record<string, number>, expected: Record<string, number>, by: number) {
  expect(Object.keys(actual).sort()).toEqual(Object.keys(expected).sort());
  for (const [item, value] of Object.entries(expected)) {
    expect(Math.abs(actual[item]! - value) / Math.abs(value), item).toBeLessThanOrEqual(by);
  }
}

const FILES = ['food', 'simple'].flatMap((name) => [
  `evalica/${name}.csv`,
  `evalica/${name}-golden.csv`,
]);

describe.skipIf(!hasSharedData(...FILES))("evalica's published scores", () => {
  test.each(['food', 'simple'])('%s: counting, average win rate and elo are exact', (name) => {
    const exact = {
      counting: 'counting',
      'average-win-rate': 'average_win_rate',
      elo: 'elo',
    } as const;
    for (const [method, algorithm] of Object.entries(exact)) {
      const actual = scores(`evalica/${name}.csv`, { method: method as 'elo' });
      expectClose(actual, golden(`evalica/${name}-golden.csv`, algorithm), 1e-12);
    }
  });

  test.each(['food', 'simple'])('%s: Bradley-Terry agrees after rescaling', (name) => {
    const actual = scores(`evalica/${name}.csv`, { method: 'bradley-terry' }, true);
    expectClose(actual, rescale(golden(`evalica/${name}-golden.csv`, 'bradley_terry')), 1e-6);
  });

  test('food: newman and davidson agree with the converged values', () => {
    const expected = rescale(golden('evalica/food-golden.csv', 'newman'));
    expectClose(scores('evalica/food.csv', { method: 'newman' }), expected, 1e-6);
    expectClose(scores('evalica/food.csv', { method: 'davidson' }), expected, 1e-6);
  });

  test.each(['food', 'simple'])('%s: pagerank agrees to what their tolerance allows', (name) => {
    const actual = scores(`evalica/${name}.csv`, { method: 'pagerank' });
    expectClose(actual, golden(`evalica/${name}-golden.csv`, 'pagerank'), 3e-6);
  });
});

test.skipIf(!hasSharedData(...FILES))(
  'newman reaches the published maximum of simple.csv, v = 3.4609991',
  () => {
    const data = comparisonsFromCsv(readSharedData('evalica/simple.csv'));
    const newman = rank(data, { method: 'newman' });
    expect(newman.fit.ties).toMatchObject({ name: 'v' });
    expect(newman.fit.ties!.value).toBeCloseTo(3.4609991, 5);
    const davidson = rank(data, { method: 'davidson' });
    expect(davidson.fit.ties!.value / 2).toBeCloseTo(newman.fit.ties!.value, 6);
    const published = {
      3: 12.805770245,
      4: 13.036744742,
      1: 0.480240025,
      2: 0.481419034,
      0: 0.017973593,
    };
    const actual = Object.fromEntries(newman.items.map(({ item, score }) => [item, score]));
    expectClose(actual, rescale(published), 1e-6);
  },
);

describe.skipIf(!hasSharedData(...FILES))('eigenvector', () => {
  // The published values multiply with the transposed matrix: there an item is high for losing to
  // high ones. Held here is the eigenvector of the matrix of points won, as an equation, and that the
  // published values are that of the transposed one.
  test.each(['food', 'simple'])(
    '%s: solves M s = λ s, where the published values solve Mᵀ s = λ s',
    (name) => {
      const rows = comparisonsFromCsv(readSharedData(`evalica/${name}.csv`));
      const { items, wins, ties } = tournament(rows);
      const points = items.map((_, i) => items.map((__, j) => wins[i]![j]! + ties[i]![j]! / 2));
      const own = scores(`evalica/${name}.csv`, { method: 'eigenvector' });
      const published = golden(`evalica/${name}-golden.csv`, 'eigen');
      const ratios = (of: (i: number, j: number) => number, s: Record<string, number>) =>
        items.map(
          (item, i) => items.reduce((sum, other, j) => sum + of(i, j) * s[other]!, 0) / s[item]!,
        );
      const spread = (values: number[]) => Math.max(...values) / Math.min(...values) - 1;
      expect(spread(ratios((i, j) => points[i]![j]!, own))).toBeLessThan(1e-7);
      expect(spread(ratios((i, j) => points[j]![i]!, published))).toBeLessThan(1e-4);
      expect(spread(ratios((i, j) => points[i]![j]!, published))).toBeGreaterThan(0.1);
      expect(Math.hypot(...Object.values(own))).toBeCloseTo(1, 12);
    },
  );
});

test("Wikipedia's worked Bradley-Terry example: A .640, B 1.043, C .660, D 2.270", () => {
  const wins = { AB: 2, BA: 3, AD: 1, DA: 4, BC: 5, CB: 3, CD: 1, DC: 3 };
  const rows = Object.entries(wins).flatMap(([pair, count]) =>
    Array.from({ length: count }, () => ({
      left: pair[0]!,
      right: pair[1]!,
      verdict: 'left' as const,
    })),
  );
  const strength = new Map(rank(rows).items.map(({ item, score }) => [item, score]));
  const mean = Math.exp([...strength.values()].reduce((sum, one) => sum + Math.log(one) / 4, 0));
  for (const [item, value] of [
    ['A', 0.64],
    ['B', 1.043],
    ['C', 0.66],
    ['D', 2.27],
  ] as const) {
    expect(strength.get(item)! / mean / value).toBeCloseTo(1, 3);
  }
});

test('elo of four games from 1500 with k 30: 1501, 1485, 1515, 1498', () => {
  const rows = (['left', 'tie', 'right', 'left'] as const).map((verdict, at) => ({
    left: String(3 - at),
    right: String(at),
    verdict,
  }));
  const { items } = rank(rows, { method: 'elo', eloK: 30, eloStart: 1500 });
  const found = items.toSorted((a, b) => a.item.localeCompare(b.item)).map(({ score }) => score);
  [1501, 1485, 1515, 1498].forEach((expected, at) => {
    expect(Math.abs(found[at]! - expected)).toBeLessThanOrEqual(1);
  });
});

const CROWD = 'llmfao/crowd-comparisons.csv';
const GPT4 = 'llmfao/gpt4-crowd-comparisons.csv';
const GPT3 = 'llmfao/gpt3-crowd-comparisons.csv';

describe.skipIf(!hasSharedData(CROWD, GPT4, GPT3))("llmfao's leaderboards", () => {
  const ranking = (file: string, options: RankOptions = {}) =>
    rank(comparisonsFromCsv(readSharedData(file)), options);

  test.each([
    [
      CROWD,
      {
        'GPT 4': 0.041215,
        'Platypus-2 Instruct (70B)': 0.029233,
        command: 0.028852,
        'ReMM SLERP L2 13B': 0.02715,
        'LLaMA-2-Chat (70B)': 0.026384,
        'Claude v1': 0.026259,
      },
    ],
    [
      GPT3,
      {
        command: 0.045338,
        'GPT 3.5 Turbo (16k)': 0.041943,
        'GPT 3.5 Turbo': 0.037131,
        'LLaMA-2-Chat (7B)': 0.036827,
        'LLaMA-2-Chat (70B)': 0.033971,
        'ReMM SLERP L2 13B': 0.033579,
      },
    ],
  ])('%s: the first six as printed, in their order', (file, printed) => {
    const { items, fit } = ranking(file, { intervals: 'none' });
    expect(fit.converged).toBe(true);
    expect(items.slice(0, 6).map(({ item }) => item)).toEqual(Object.keys(printed));
    Object.values(printed).forEach((score, at) => {
      expect(Math.abs(items[at]!.score - score)).toBeLessThan(5e-6);
    });
  });

  test('GPT-4: the printed table had stopped early; the true maximum is .200231', () => {
    const { items } = ranking(GPT4, { intervals: 'none' });
    expect(items[0]!.item).toBe('GPT 3.5 Turbo');
    expect(items[0]!.score).toBeCloseTo(0.200231, 6);
    expect(items.slice(0, 6).map(({ item }) => item)).toEqual([
      'GPT 3.5 Turbo',
      'GPT 3.5 Turbo (16k)',
      'Airoboros L2 70B',
      'Claude v1.2',
      'LLaMA-2-Chat (7B)',
      'GPT 4',
    ]);
  });

  test('two models that are exactly tied share rank 20, and nobody is 21', () => {
    const { items } = ranking(GPT3, { intervals: 'none' });
    const tied = items.filter(({ rank }) => rank === 20).map(({ item }) => item);
    expect(tied.sort()).toEqual(['Claude v1', 'Jurassic 2 Ultra']);
    expect(items.some(({ rank }) => rank === 21)).toBe(false);
  });

  test('the rank columns correlate as published: .7309, .7166, .7171', () => {
    const [humans, gpt4, gpt3] = [CROWD, GPT4, GPT3].map((file) =>
      ranking(file, { intervals: 'none' }),
    );
    expect(correlateRankings(humans!, gpt4!).pearson).toBeCloseTo(0.7309, 4);
    expect(correlateRankings(humans!, gpt3!).pearson).toBeCloseTo(0.7166, 4);
    expect(correlateRankings(gpt4!, gpt3!).pearson).toBeCloseTo(0.7171, 4);
  });

  test('newman finds v = .7398538', () => {
    const { ties } = ranking(CROWD, { method: 'newman', intervals: 'none' }).fit;
    expect(ties!.value).toBeCloseTo(0.7398538, 6);
  });

  test('counting puts the model that was compared most first', () => {
    expect(ranking(CROWD, { method: 'counting' }).items[0]!.item).toBe('Weaver 12k');
  });

  test('the unit decides how wide intervals are: 13 prompts say less than 8931 verdicts', () => {
    const byRow = ranking(CROWD, { cluster: 'comparison' });
    expect(byRow.fit.widening).toBe(1);
    const { separated } = allDifferences(byRow.estimate!, 0.95);
    expect(separated).toBeGreaterThan(640);
    expect(separated).toBeLessThan(670);
    const byPrompt = ranking(CROWD);
    expect(byPrompt.fit).toMatchObject({ unit: 'prompt', clusters: 13 });
    expect(byPrompt.fit.widening).toBeCloseTo(1.9, 1);
    expect(byPrompt.warnings.join()).toMatch(/Only 13 clusters/);
    expect(allDifferences(byPrompt.estimate!, 0.95).separated).toBe(47);
    const twoWay = ranking(CROWD, { cluster: 'prompt,judge' });
    expect(twoWay.fit.widening).toBeGreaterThan(byPrompt.fit.widening!);
  });
});
