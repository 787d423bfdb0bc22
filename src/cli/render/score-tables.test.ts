import { expect, it } from 'vitest';
import { dangerousCharacters, HOSTILE_TEXTS } from '../../../test/support/hostile-text.ts';
import type { ScoreAggregate } from '../../experiment/index.ts';
import { renderScores } from './score-tables.ts';

function score(more: Partial<ScoreAggregate>): ScoreAggregate {
  const counts = { rows: 60, missing: 2, units: 50 };
  const mean = { mean: 0.734, low: 0.601, high: 0.835, method: 'wilson' } as const;
  return { key: 'match', model: 'openai/gpt', group: null, ...counts, ...mean, ...more };
}

const PAIR = {
  ...{ key: 'match', a: 'openai/gpt', b: 'b/2', units: 50, difference: 0.12 },
  ...{ low: 0.02, high: 0.22, p: 0.0004, pHolm: 0.0012, method: 't' as const },
};

it('shows means with their intervals, pairs, wordings, and what is below a threshold', () => {
  const scores = [
    score({}),
    score({ model: 'b/2', mean: null, low: null, high: null, units: 0 }),
    score({ key: 'length', mean: 1234.5, low: 12.34, high: 3000, corpus: 0.5 }),
  ];
  const wordings = { originals: 10, meanRange: 0.4, meanSd: 0.2, flipShare: null };
  const sensitivity = [{ key: 'match', model: 'openai/gpt', ...wordings }];
  const missed = { key: 'match', model: 'openai/gpt', mean: 0.734, atLeast: 0.8, isMet: false };
  const thresholds = [missed, { ...missed, model: null, mean: null }, { ...missed, isMet: true }];
  const outcome = {
    aggregates: { scores, pairs: [PAIR], sensitivity },
    thresholds,
    scoreNotes: ['note'],
  };
  expect(renderScores(outcome, 100)).toBe(`
 score   model        mean  95 %            corpus  units  rows  missing
 match   openai/gpt  0.734  0.601 to 0.835             50    60        2
 match   b/2             -  -                           0    60        2
 length  openai/gpt   1235  12.3 to 3000     0.500     50    60        2

 score  a           b     a - b  95 %            units       p  p (Holm)
 match  openai/gpt  b/2  +0.120  0.020 to 0.220     50  <0.001     0.001

 score  model       units in several rows  range     sd  flip
 match  openai/gpt                     10  0.400  0.200     -
below   match of openai/gpt: the mean is 0.734, the threshold 0.8
below   match: there is no mean, the threshold 0.8
note
`);
});

it('shows no pair of models that have answered nothing in common', () => {
  const apart = {
    ...PAIR,
    units: 0,
    difference: null,
    low: null,
    high: null,
    p: null,
    pHolm: null,
  };
  const pairsIn = (pairs: readonly (typeof PAIR | typeof apart)[]) =>
    renderScores({ aggregates: { scores: [], pairs, sensitivity: [] } }, 80);
  expect(pairsIn(new Array(45).fill(apart))).toBe('');
  expect(pairsIn([PAIR, apart])).toBe(pairsIn([PAIR]));
});

it('shows nothing where nothing was scored, and the surest of very many pairs', () => {
  expect(renderScores({}, 80)).toBe('');
  const pairs = Array.from({ length: 45 }, (_, at) => ({
    ...PAIR,
    a: `m/${at}`,
    pHolm: 1 - at / 100,
  }));
  const text = renderScores({ aggregates: { scores: [], pairs, sensitivity: [] } }, 80);
  expect(text).toContain('m/44');
  expect(text).not.toContain('m/14 ');
  expect(text).toContain('and 15 more pairs');
});

it('keeps what is hostile in names off the terminal, and within its width', () => {
  for (const name of Object.values(HOSTILE_TEXTS)) {
    const scores = [score({ model: name, group: name, key: name, judge: name, template: name })];
    const pairs = [{ ...PAIR, a: name, b: name }];
    const text = renderScores(
      { aggregates: { scores, pairs, sensitivity: [] }, scoreNotes: [name] },
      100,
    );
    expect(dangerousCharacters(text)).toEqual([]);
  }
});
