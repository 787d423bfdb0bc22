import type { Leaderboard } from '../../../arena/index.ts';
import { plainLine } from '../../../core/plain-text.ts';
import { renderTable, type TableColumn } from '../../render/text-table.ts';
import type { LeaderboardView } from './leaderboard.ts';

const MAX_GROUPS = 6;

/** Renders the ranks of a few groups side by side, with their ranges; empty for one group or many. */
export function renderSideBySide(boards: readonly Leaderboard[], view: LeaderboardView): string {
  const [first] = boards;
  const methods = new Set(boards.map(({ method }) => method));
  if (!first || first.by === null || methods.size > 1) return '';
  if (boards.length < 2 || boards.length > MAX_GROUPS) return '';
  const columns: TableColumn[] = [
    { title: 'item', align: 'left', shrinks: true },
    ...boards.map(({ by }): TableColumn => ({ title: plainLine(by!.group, 24), align: 'right' })),
  ];
  const ranks = boards.map(({ items }) => new Map(items.map((one) => [one.item, rankText(one)])));
  const names = [...new Set(boards.flatMap(({ items }) => items.map(({ item }) => item)))];
  const rows = names
    .slice(0, view.first)
    .map((item) => [plainLine(item, 80), ...ranks.map((rank) => rank.get(item) ?? '-')]);
  const [title, ...lines] = renderTable(columns, rows, view.width);
  const heading = view.style.bold(`Ranks by ${plainLine(first.by.column, 40)}, with their ranges`);
  return `${[heading, view.style.bold(title!), ...lines].join('\n')}\n`;
}

function rankText({ rank, rankLow, rankHigh }: Leaderboard['items'][number]): string {
  if (rankLow === null) return String(rank);
  return `${String(rank).padStart(3)} (${`${rankLow}-${rankHigh}`.padStart(5)})`;
}
