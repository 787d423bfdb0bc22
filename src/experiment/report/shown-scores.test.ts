import { expect, it } from 'vitest';
import type { ScoreAggregate } from '../summary/index.ts';
import { shownScores } from './shown-scores.ts';

const score: ScoreAggregate = {
  ...{ key: 'match', model: 'a/b', group: null, rows: 4, missing: 1, units: 3 },
  ...{ mean: 0.5, low: 0.1, high: 0.9, method: 'wilson' },
};

it('has no scores of a run that was not scored', () => {
  expect(shownScores({ scores: [], pairs: [], sensitivity: [] })).toBeNull();
});

it('bounds lines and names', () => {
  const scores = Array.from({ length: 3000 }, () => ({ ...score, model: 'm'.repeat(1000) }));
  const shown = shownScores({ scores, pairs: [], sensitivity: [] })!;
  expect(shown.scores).toHaveLength(2000);
  expect(shown.scores[0]).toEqual({ ...score, model: 'm'.repeat(300) });
});
