import type { Leaderboard, RankedTable, TableReport } from '../../../arena/index.ts';
import { renderCsv } from '../../render/csv-text.ts';

const COLUMNS = [
  'score',
  'rating',
  'low',
  'high',
  'rank',
  'rankLow',
  'rankHigh',
  'comparisons',
  'wins',
  'losses',
  'ties',
] as const;

/** Renders rankings as CSV, an item a row: item, score, rating, …, method, and the group if there is one. */
export function renderLeaderboardCsv(boards: readonly Leaderboard[]): string {
  const by = boards.find((board) => board.by !== null)?.by?.column;
  const header = ['item', ...COLUMNS, 'method', ...(by === undefined ? [] : [by])];
  const rows = boards.flatMap((board) =>
    board.items.map((item) => [
      item.item,
      ...COLUMNS.map((name) => item[name]),
      board.method,
      ...(by === undefined ? [] : [board.by?.group ?? null]),
    ]),
  );
  return renderCsv([header, ...rows]);
}

/** Renders p(item beats other) of all ordered pairs as CSV. */
export function renderMatrixCsv(boards: readonly Leaderboard[]): string {
  const header = ['item', 'other', 'win', 'tie', 'expectedScore', 'low', 'high', 'method', 'group'];
  const rows = boards.flatMap((board) =>
    (board.matrix ?? []).flat().flatMap((pair) => {
      if (pair === null) return [];
      const { item, other, win, tie, expectedScore, low, high } = pair;
      const group = board.by?.group ?? null;
      return [[item, other, win, tie, expectedScore, low, high, board.method, group]];
    }),
  );
  return renderCsv([header, ...rows]);
}

/** What `--json` prints: an object for each method and group, each with what it was made from. */
export function leaderboardRecords({ leaderboards }: RankedTable, report: TableReport): unknown[] {
  const { files, invalid, nullGames, withoutRanking, steps, bothBad, rowsWithoutSides } = report;
  const counts = { invalid: invalid.count, nullGames, withoutRanking };
  const input = { files, ...counts, steps, bothBad, rowsWithoutSides };
  return leaderboards.map(({ by, method, options, fit, items, ...others }) => ({
    method,
    by,
    options,
    fit,
    items,
    ...others,
    input,
  }));
}
