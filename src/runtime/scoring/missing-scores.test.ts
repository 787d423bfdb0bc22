import { expect, it } from 'vitest';
import { MissingScores } from './missing-scores.ts';

const keys = (values: Readonly<Record<string, unknown>>) =>
  new Map(Object.entries(values).map(([key, value]) => [key, JSON.stringify(value)]));

it('says of each key why rows have no score, with the first error', () => {
  const missing = new MissingScores(['match', 'mine']);
  missing.add(keys({ match: true, mine: 1 }));
  missing.add(new Map());
  missing.add(keys({ match: null, mine: null, score_errors: { mine: 'late\u001b', other: 'x' } }));
  missing.add(keys({ match: [null, null], mine: 0, score_errors: { mine: 'one sample' } }));
  missing.add(keys({ match: [null, false], mine: null, score_errors: { mine: 'later' } }));
  const [match, mine] = missing.sentences();
  expect(match).toBe(
    'match, rows without a score: 1 failed, 2 with nothing to score or to compare with',
  );
  expect(mine).toMatch(
    /^mine, rows without a score: 1 failed, 2 could not be scored \(the first: late[^\u001b]*\)$/,
  );
});

it('says nothing where no score is missing', () => {
  const missing = new MissingScores(['match']);
  missing.add(keys({ match: false }));
  expect(missing.sentences()).toEqual([]);
});
