import type { Aggregates } from '../summary/index.ts';
import { cutName } from './text-in.ts';

/** Of each kind; more are left out. */
const MOST_LINES = 2000;

/** What a page shows of a run's scores; null where there is none. A page has at most 2,000 lines of each kind. */
export function shownAggregates({ scores, pairs, sensitivity }: Aggregates): Aggregates | null {
  if (scores.length === 0) return null;
  return {
    scores: scores.slice(0, MOST_LINES).map(withShortNames),
    pairs: pairs.slice(0, MOST_LINES).map(withShortNames),
    sensitivity: sensitivity.slice(0, MOST_LINES).map(withShortNames),
  };
}

function withShortNames<Entry extends object>(entry: Entry): Entry {
  const cut = (value: unknown) => (typeof value === 'string' ? cutName(value) : value);
  return Object.fromEntries(
    Object.entries(entry).map(([name, value]) => [name, cut(value)]),
  ) as Entry;
}
