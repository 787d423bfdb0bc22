import { expect, test } from 'vitest';
import { aggregatesOf } from '../summary/aggregates-of.ts';
import { shownAggregates } from './shown-aggregates.ts';

test('shows at most 2,000 lines of each kind, with names of at most 300 characters', () => {
  const line = { key: 'k'.repeat(400), mean: 0.5 };
  const scores = new Array(2_001).fill(line);
  const shown = shownAggregates(aggregatesOf({ aggregates: { scores } }))!;
  expect(shown.scores).toHaveLength(2_000);
  expect(shown.scores[0]).toMatchObject({ key: 'k'.repeat(300), mean: 0.5, low: null });
});

test('shows nothing where there is no score', () => {
  expect(shownAggregates({ scores: [], pairs: [], sensitivity: [] })).toBeNull();
});
