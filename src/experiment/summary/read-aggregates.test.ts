import { expect, test } from 'vitest';
import { readAggregates } from './read-aggregates.ts';

const score = {
  key: 'match',
  model: 'a/b',
  group: null,
  rows: 4,
  missing: 1,
  units: 3,
  mean: 0.5,
  low: 0.1,
  high: 0.9,
  method: 'wilson',
};

test('reads scores, pairs and sensitivity', () => {
  const pairs = [
    {
      key: 'match',
      a: 'x',
      b: 'y',
      units: 3,
      difference: 0.1,
      low: 0,
      high: 0.2,
      p: 0.04,
      pHolm: 0.08,
      method: 't',
    },
  ];
  const sensitivity = [
    { key: 'match', model: 'x', originals: 2, meanRange: 0.5, meanSd: 0.3, flipShare: 0.5 },
  ];
  const read = readAggregates({ aggregates: { scores: [score], pairs, sensitivity } });
  expect(read).toMatchObject({
    scores: [score],
    pairs: [{ a: 'x', b: 'y', difference: 0.1, pHolm: 0.08 }],
    sensitivity,
  });
});

test('finds nothing in what is no summary, and takes what is of another kind for unknown', () => {
  const nothing = { scores: [], pairs: [], sensitivity: [] };
  for (const wrong of [null, 3, [], {}, { scores: [] }, { scores: 'x' }]) {
    expect(readAggregates(wrong)).toEqual(nothing);
    expect(readAggregates({ aggregates: wrong })).toEqual(nothing);
  }
  const scores = [{ mean: 'x', model: 3, low: Number.POSITIVE_INFINITY, judge: {} }, 7];
  expect(readAggregates({ aggregates: { scores } }).scores).toEqual([
    {
      ...{ key: '', model: '', group: null, rows: 0, missing: 0, units: 0 },
      ...{ mean: null, low: null, high: null, method: 't' },
    },
  ]);
});
