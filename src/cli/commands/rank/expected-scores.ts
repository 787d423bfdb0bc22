import type { Leaderboard } from '../../../arena/index.ts';
import { plainLine } from '../../../core/plain-text.ts';
import { percentText } from '../../render/statistics-text.ts';
import { renderTable, type TableColumn } from '../../render/text-table.ts';
import type { LeaderboardView } from './leaderboard.ts';

const MAX_PAIRS = 7;

/**
 * Renders what several methods expect when neighbours on the first ranking meet (win + tie/2): the only
 * scale on which methods can be compared. Empty for one method.
 */
export function renderExpectedScores(
  boards: readonly Leaderboard[],
  view: LeaderboardView,
): string {
  const [first] = boards;
  const own = boards.filter(({ by }) => by?.group === first?.by?.group);
  if (!first || own.length < 2) return '';
  const heading =
    'Ratings and scores of different methods are on different scales: do not compare them.';
  const rated = own.filter(({ neighbours }) => neighbours !== undefined);
  const pairs = (rated[0]?.neighbours ?? []).slice(0, MAX_PAIRS);
  if (rated.length === 0) return `${heading}\n`;
  const columns: TableColumn[] = [
    { title: 'expected score (win + tie/2) of', align: 'left', shrinks: true },
    { title: 'against', align: 'left' },
    ...rated.map(({ method }): TableColumn => ({ title: method, align: 'right' })),
  ];
  const rows = pairs.map(({ item, other }) => [
    plainLine(item, 40),
    plainLine(other, 24),
    ...rated.map(({ neighbours }) => percentText(scoreIn(neighbours, item, other))),
  ]);
  const [title, ...lines] = renderTable(columns, rows, view.width);
  return `${[heading, view.style.bold(title!), ...lines].join('\n')}\n`;
}

function scoreIn(
  neighbours: Leaderboard['neighbours'],
  item: string,
  other: string,
): number | null {
  const found = neighbours?.find((pair) => pair.item === item && pair.other === other);
  return found?.expectedScore ?? null;
}
