import { VERDICT_CODES } from '../../ranking/index.ts';
import type { ChosenVerdict } from './choose-verdict.ts';
import type { ComparisonCollector } from './comparison-collector.ts';
import type { RowVerdict } from './row-verdict.ts';

/** What belongs to a row of a file besides items and verdict. */
export interface Extras {
  /** Name of the row among all, where its verdict becomes several rows of the table. */
  readonly id: () => string;
  /** Sets groups and features of a row of the table; `sign` is -1 where the items changed sides. */
  readonly fill: (row: number, sign: 1 | -1) => void;
}

/** Name of the column in which the rows of one observation (a list, a verdict with points) share a group. */
export const RANKING_COLUMN = 'ranking';

/** Counts the games of a row whose judge failed; true for such a row, which names no item of the table. */
export function isWithoutVerdict(
  collector: ComparisonCollector,
  verdict: ChosenVerdict | RowVerdict,
): verdict is Extract<RowVerdict, { kind: 'none' }> {
  if (!('kind' in verdict) || verdict.kind !== 'none') return false;
  collector.nullGames += verdict.games;
  return true;
}

/**
 * Adds a verdict to the table: one row; two for two games; and two with the weights p and 1 - p, which
 * together are one observation, for a verdict of p points.
 */
export function addVerdict(
  collector: ComparisonCollector,
  left: number,
  right: number,
  verdict: ChosenVerdict | Exclude<RowVerdict, { kind: 'none' }>,
  weight: number,
  extras: Extras,
): void {
  const before = collector.rows;
  addRows(collector, left, right, verdict, weight, extras);
  if ('sided' in verdict && !verdict.sided) collector.rowsWithoutSides += collector.rows - before;
}

function addRows(
  collector: ComparisonCollector,
  left: number,
  right: number,
  verdict: ChosenVerdict | Exclude<RowVerdict, { kind: 'none' }>,
  weight: number,
  extras: Extras,
): void {
  if ('kind' in verdict && verdict.kind === 'games') {
    extras.fill(collector.add(left, right, verdict.codes[0], weight), 1);
    extras.fill(collector.add(right, left, verdict.codes[1], weight), -1);
    return;
  }
  if ('spelling' in verdict) collector.noteSpelling(verdict.spelling);
  if (verdict.code !== null) {
    extras.fill(collector.add(left, right, verdict.code, weight), 1);
    return;
  }
  collector.softVerdicts += 1;
  const points = verdict.points!;
  const parts = [
    [VERDICT_CODES.left, points],
    [VERDICT_CODES.right, Number((1 - points).toFixed(12))],
  ] as const;
  for (const [code, share] of parts) {
    const row = collector.add(left, right, code, weight * share);
    extras.fill(row, 1);
    collector.setGroup(RANKING_COLUMN, row, extras.id());
  }
}
