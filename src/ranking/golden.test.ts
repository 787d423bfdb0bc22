import { describe, expect, test } from 'vitest';
import { comparisonsFromCsv } from '../../test/support/comparison-csv.ts';
import { hasSharedData, readSharedData } from '../../test/support/shared-data.ts';
import type { RankOptions } from './options.ts';
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

test('newman reaches the published maximum of simple.csv, v = 3.4609991', () => {
  if (!hasSharedData(...FILES)) return;
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
});
