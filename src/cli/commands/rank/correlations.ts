import type { Leaderboard } from '../../../arena/index.ts';
import { plainLine } from '../../../core/plain-text.ts';
import { coefficientText } from '../../render/statistics-text.ts';
import { renderTable, type TableColumn } from '../../render/text-table.ts';
import type { LeaderboardView } from './leaderboard.ts';

const MAX_ROWS = 60;

/** Renders how rankings correlate, each two of them once; empty when there is only one. */
export function renderCorrelations(boards: readonly Leaderboard[], view: LeaderboardView): string {
  const pairs = boards.flatMap((board, at) => {
    const later = new Set(
      boards.slice(at + 1).map((other) => keyOf(other.method, other.by?.group)),
    );
    return board.correlations
      .filter(({ method, group }) => later.has(keyOf(method, group ?? undefined)))
      .map((one) => ({ board, one }));
  });
  if (pairs.length === 0) return '';
  const right = (title: string): TableColumn => ({ title, align: 'right' });
  const columns: TableColumn[] = [
    { title: 'ranks of', align: 'left', shrinks: true },
    { title: 'and', align: 'left' },
    right('items'),
    right("Kendall's tau-b"),
    right('Spearman'),
    right('Pearson'),
  ];
  const several = new Set(boards.map(({ method }) => method)).size > 1;
  const nameOf = (method: string, group: string | null) =>
    group === null ? method : plainLine(several ? `${method}, ${group}` : group, 40);
  const rows = pairs
    .slice(0, MAX_ROWS)
    .map(({ board, one }) => [
      nameOf(board.method, board.by?.group ?? null),
      nameOf(one.method, one.group),
      String(one.items),
      coefficientText(one.kendall, 4),
      coefficientText(one.spearman, 4),
      coefficientText(one.pearson, 4),
    ]);
  const hidden = pairs.length - rows.length;
  const more = hidden > 0 ? [` … and ${hidden} more; --json has all`] : [];
  const [title, ...lines] = renderTable(columns, rows, view.width);
  return `${[view.style.bold('How they correlate'), view.style.bold(title!), ...lines, ...more].join('\n')}\n`;
}

function keyOf(method: string, group: string | undefined): string {
  return JSON.stringify([method, group ?? null]);
}
