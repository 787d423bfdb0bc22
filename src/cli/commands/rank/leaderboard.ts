import type { Leaderboard } from '../../../arena/index.ts';
import { plainLine } from '../../../core/plain-text.ts';
import { percentText, ratingText, scoreText, weightText } from '../../render/statistics-text.ts';
import { renderTable, type TableColumn } from '../../render/text-table.ts';
import { displayWidth } from '../../terminal/display-width.ts';
import type { Style } from '../../terminal/style.ts';
import { ASCII_BAR, type BarValue, barScale, renderBar, UNICODE_BAR } from './interval-bar.ts';

/** How tables of a ranking are shown. */
export interface LeaderboardView {
  /** Cells of a line. */
  readonly width: number;
  /** Bars of box characters; otherwise of plain ones. */
  readonly unicode: boolean;
  readonly style: Style;
  /** Show only so many items; default all. */
  readonly first?: number | undefined;
}

type Item = Leaderboard['items'][number];

const MAX_BAR = 48;
const FEWEST_BAR = 12;
const MAX_ITEM = 28;
const SHORT_ITEM = 18;

interface Column {
  readonly title: string;
  readonly align: TableColumn['align'];
  readonly cell: (item: Item) => string;
  readonly shrinks?: boolean;
}

/** Renders the items of a ranking, best first, intervals as bars. */
export function renderLeaderboard(board: Leaderboard, view: LeaderboardView): string {
  const items = board.items.slice(0, view.first);
  const columns = columnsOf(board, view.width);
  const cells = items.map((item) => columns.map(({ cell }) => cell(item)));
  const barWidth = barRoom(columns, cells, view.width);
  const titles: TableColumn[] = [...columns];
  if (barWidth > 0) {
    titles.push({ title: scaleTitle(board), align: 'left' });
    const values = items.map(barValue);
    const scale = barScale(values);
    const style = view.unicode ? UNICODE_BAR : ASCII_BAR;
    for (const [at, row] of cells.entries()) {
      row.push(renderBar(values[at]!, scale, barWidth, style));
    }
  }
  const [title, ...lines] = renderTable(titles, cells, view.width);
  const hidden = board.items.length - items.length;
  const more = hidden > 0 ? [` … and ${hidden} more`] : [];
  return `${[view.style.bold(title!), ...lines, ...more].join('\n')}\n`;
}

/** Cells for bars: what a whole name leaves, or a shortened one; 0 when that is too little. */
function barRoom(columns: readonly Column[], cells: readonly string[][], width: number): number {
  for (const longest of [MAX_ITEM, SHORT_ITEM]) {
    const used = columns.reduce((sum, { title, shrinks }, at) => {
      const widest = Math.max(displayWidth(title), ...cells.map((row) => displayWidth(row[at]!)));
      return sum + 2 + (shrinks ? Math.min(widest, longest) : widest);
    }, 1);
    if (width - used >= FEWEST_BAR) return Math.min(MAX_BAR, width - used);
  }
  return 0;
}

/** The number that a ranking orders by and bounds: the rating, or the score where there is none. */
function shownValue({ rating, score }: Item): number {
  return rating ?? score;
}

/** How the numbers of a ranking are written. */
export function valueText(board: Leaderboard): (value: number | null) => string {
  const rated = board.items.some(({ rating }) => rating !== null);
  if (!rated) return scoreText;
  const values = board.items.map(shownValue);
  const spread = Math.max(...values.slice(0, 1)) - Math.min(...values.slice(-1));
  const digits = spread >= 50 ? 0 : 1;
  return (value) => ratingText(value, digits);
}

function barValue(item: Item): BarValue {
  return { value: shownValue(item), low: item.low, high: item.high };
}

function scaleTitle({ items }: Leaderboard): string {
  return items.some(({ low }) => low !== null) ? 'interval' : '';
}

function columnsOf(board: Leaderboard, width: number): Column[] {
  const text = valueText(board);
  const rated = board.items.some(({ rating }) => rating !== null);
  const some = (has: (item: Item) => boolean, column: Column) =>
    board.items.some(has) ? [column] : [];
  const best = new Map(board.best?.map((one) => [one.item, one]));
  return [
    { title: 'rank', align: 'right', cell: ({ rank }) => String(rank) },
    ...some((item) => item.rankLow !== null, {
      title: 'range',
      align: 'left',
      cell: ({ rankLow, rankHigh }) => `${rankLow}-${rankHigh}`,
    }),
    { title: 'item', align: 'left', shrinks: true, cell: ({ item }) => plainLine(item, 80) },
    { title: rated ? 'rating' : 'score', align: 'right', cell: (item) => text(shownValue(item)) },
    ...some((item) => item.low !== null, {
      title: 'low',
      align: 'right',
      cell: ({ low }) => text(low),
    }),
    ...some((item) => item.high !== null, {
      title: 'high',
      align: 'right',
      cell: ({ high }) => text(high),
    }),
    ...some((item) => item.shuffledMean !== undefined, {
      title: 'any order',
      align: 'right',
      cell: ({ shuffledMean, shuffledSd }) =>
        `${text(shuffledMean ?? null)} sd ${ratingText(shuffledSd ?? null, 1)}`,
    }),
    ...some(({ item }) => best.has(item), {
      title: 'best',
      align: 'right',
      cell: ({ item }) => percentText(best.get(item)?.best ?? null),
    }),
    ...some(({ item }) => best.has(item) && board.top !== 1, {
      title: `first ${board.top}`,
      align: 'right',
      cell: ({ item }) => percentText(best.get(item)?.top ?? null),
    }),
    { title: 'n', align: 'right', cell: ({ comparisons }) => weightText(comparisons) },
    ...(width >= 110 ? outcomeColumns() : []),
  ];
}

function outcomeColumns(): Column[] {
  return (['wins', 'losses', 'ties'] as const).map((name) => ({
    title: name,
    align: 'right',
    cell: (item) => weightText(item[name]),
  }));
}
