import type { Aggregates } from '../summary/index.ts';
import { cutText } from './cut-text.ts';

/** Of each kind; more are left out. */
const MOST_LINES = 2000;
const MOST_NAME = 300;

/** What a report has room for of scores; null where there are none. */
export function shownScores({ scores, pairs, sensitivity }: Aggregates): Aggregates | null {
  if (scores.length === 0) return null;
  return {
    scores: scores.slice(0, MOST_LINES).map(withShortNames),
    pairs: pairs.slice(0, MOST_LINES).map(withShortNames),
    sensitivity: sensitivity.slice(0, MOST_LINES).map(withShortNames),
  };
}

function withShortNames<Line extends object>(line: Line): Line {
  const short = Object.entries(line).map(([key, value]) => {
    return [key, typeof value === 'string' ? cutText(value, MOST_NAME) : value];
  });
  return Object.fromEntries(short) as Line;
}
