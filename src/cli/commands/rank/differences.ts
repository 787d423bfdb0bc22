import type { Leaderboard } from '../../../arena/index.ts';
import { plainLine } from '../../../core/plain-text.ts';
import { countText } from '../../render/figures.ts';
import { intervalText, levelText, testText } from '../../render/statistics-text.ts';
import { renderTable, type TableColumn } from '../../render/text-table.ts';
import { type LeaderboardView, valueText } from './leaderboard.ts';

type Difference = NonNullable<Leaderboard['against']>[number];

const MAX_ROWS = 20;

/** Renders the differences to a baseline, largest first. */
export function renderAgainst(board: Leaderboard, view: LeaderboardView): string {
  const { against, options } = board;
  if (against === undefined) return '';
  const sorted = [...against].sort((a, b) => b.difference - a.difference);
  const baseline = plainLine(sorted[0]?.other ?? '', 60);
  const heading = `Differences to ${baseline}; ${levelText(options.level)} intervals that hold for all at once`;
  const rows = sorted.slice(0, view.first).map((one) => rowOf(one, board, false));
  return table(heading, rows, view, false);
}

/** Renders how many pairs are separated, and the nearest calls on both sides of the line. */
export function renderDifferences(board: Leaderboard, view: LeaderboardView): string {
  const { differences, options } = board;
  if (differences === undefined) return '';
  const { pairs, separated } = differences;
  const sorted = [...pairs].sort(
    (a, b) => a.adjustedP - b.adjustedP || b.difference - a.difference,
  );
  const from = Math.max(0, Math.min(separated - MAX_ROWS / 2, pairs.length - MAX_ROWS));
  const rows = sorted.slice(from, from + MAX_ROWS).map((one) => rowOf(one, board, true));
  const heading = `${countText(separated)} of ${countText(pairs.length)} pairs are separated at ${levelText(options.level)}, all at once`;
  const shown = pairs.length > MAX_ROWS ? '; the pairs nearest to the line' : '';
  return table(`${heading}${shown}`, rows, view, true);
}

function rowOf(one: Difference, board: Leaderboard, both: boolean): string[] {
  const text = valueText(board);
  return [
    plainLine(one.item, 40),
    ...(both ? [plainLine(one.other, 40)] : []),
    text(one.difference),
    Number.isFinite(one.low) ? intervalText(one.low, one.high, text) : 'never met',
    testText(one.adjustedP),
  ];
}

function table(
  heading: string,
  rows: readonly string[][],
  view: LeaderboardView,
  both: boolean,
): string {
  const columns: TableColumn[] = [
    { title: 'item', align: 'left', shrinks: true },
    ...(both ? [{ title: 'against', align: 'left' } as const] : []),
    { title: 'difference', align: 'right' },
    { title: 'interval', align: 'right' },
    { title: 'adjusted p', align: 'right' },
  ];
  const [title = '', ...lines] = renderTable(columns, rows, view.width);
  return `${[view.style.bold(heading), view.style.bold(title), ...lines].join('\n')}\n`;
}
