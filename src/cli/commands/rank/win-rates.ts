import type { Leaderboard } from '../../../arena/index.ts';
import { plainLine } from '../../../core/plain-text.ts';
import { countOf } from '../../render/figures.ts';
import { intervalText, percentText, UNKNOWN, weightText } from '../../render/statistics-text.ts';
import { renderTable, type TableColumn } from '../../render/text-table.ts';
import type { LeaderboardView } from './leaderboard.ts';

/** Renders how often each item wins against a baseline; empty unless it was asked for. */
export function renderWinRates({ winRates, options }: Leaderboard, view: LeaderboardView): string {
  if (winRates === undefined) return '';
  const { baseline, lengthControlled, items } = winRates;
  const heading = `Win rate against ${plainLine(baseline, 40)}`;
  if (items.length === 0) return `${heading}: no item was compared with it.\n`;
  const rows = items
    .slice(0, view.first)
    .map(({ item, winRate, low, high, comparisons, lengthControlled: controlled }) => [
      plainLine(item, 40),
      percentText(winRate),
      intervalText(low, high, share),
      ...(lengthControlled
        ? [
            percentText(controlled?.winRate ?? null),
            intervalText(controlled?.low ?? null, controlled?.high ?? null, share),
          ]
        : []),
      weightText(comparisons),
    ]);
  const right = (title: string): TableColumn => ({ title, align: 'right' });
  const columns: TableColumn[] = [
    { title: 'item', align: 'left', shrinks: true },
    right('win rate'),
    right('interval'),
    ...(lengthControlled ? [right('equal length'), right('interval')] : []),
    right('n'),
  ];
  const [title = '', ...lines] = renderTable(columns, rows, view.width);
  const { unit, clusters } = items[0]!;
  const independent = `${Number((100 * options.level).toFixed(2))} % intervals; independent: ${unit} (${countOf(clusters, 'cluster')}).`;
  const unfit = items.some((one) => lengthControlled && one.lengthControlled === null)
    ? [`  ${UNKNOWN}: the answers never differ in length, or too few wins and losses.`]
    : [];
  const all = [view.style.bold(heading), view.style.bold(title), ...lines];
  return `${[...all, `  ${independent}`, ...unfit].join('\n')}\n`;
}

function share(value: number | null): string {
  return value === null ? UNKNOWN : (100 * value).toFixed(1);
}
