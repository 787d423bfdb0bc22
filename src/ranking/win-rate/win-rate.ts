import { nearestName } from '../../core/nearest-name.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { clusteredShare } from '../agreement/clustered-share.ts';
import { clustersOf } from '../input/cluster-ids.ts';
import { type ComparisonTable, VERDICT_CODES } from '../table/comparison-table.ts';
import type { BaselineRow } from './baseline-row.ts';
import { type ControlledWinRate, controlledWinRate } from './controlled-win-rate.ts';

/** What win rates are wanted. */
export interface WinRateOptions {
  readonly baseline: string;
  /** Feature column with the difference in length, left minus right; default: no control of length. */
  readonly length?: string | undefined;
  /** What is independent: `comparison`, `pair` or a column; default prompt, else list, else comparison. */
  readonly cluster?: string | undefined;
  /** Confidence level; default 0.95. */
  readonly level?: number | undefined;
}

/** How often an item wins against the baseline, a tie being half a win. */
export interface WinRate {
  readonly item: string;
  /** Share of wins, and its interval over clusters. */
  readonly winRate: number;
  readonly low: number | null;
  readonly high: number | null;
  /** Sum of the weights of its comparisons with the baseline. */
  readonly comparisons: number;
  readonly unit: string;
  readonly clusters: number;
  /** What the win rate would be if both answers were equally long; null unless it was asked for. */
  readonly lengthControlled: ControlledWinRate | null;
}

/**
 * Win rates against one item, from the comparisons with it alone, highest first. Items that never met
 * it are left out.
 *
 * @throws TuttiError `bad_usage` for an unknown baseline, feature or unit.
 */
export function winRates(table: ComparisonTable, options: WinRateOptions): WinRate[] {
  const { level = 0.95, length } = options;
  const baseline = placeOf(table, options.baseline);
  const unit = options.cluster ?? independentUnit(table);
  const clusters = clustersOf(table, unit);
  const lengths = length === undefined ? null : featureOf(table, length);
  return [...rowsAgainst(table, baseline, clusters[0]!.ids, lengths)]
    .map(([item, rows]) => winRateOf(table.items[item]!, rows, unit, level, lengths !== null))
    .sort((a, b) => b.winRate - a.winRate);
}

function winRateOf(
  item: string,
  rows: readonly BaselineRow[],
  unit: string,
  level: number,
  controlled: boolean,
): WinRate {
  const places = new Map<number, number>();
  const [won, of]: [number[], number[]] = [[], []];
  for (const { cluster, points, weight } of rows) {
    const place = places.get(cluster) ?? places.size;
    places.set(cluster, place);
    won[place] = (won[place] ?? 0) + weight * points;
    of[place] = (of[place] ?? 0) + weight;
  }
  const { share, low, high, of: comparisons } = clusteredShare(won, of, level);
  return {
    item,
    winRate: share!,
    low,
    high,
    comparisons,
    unit,
    clusters: places.size,
    lengthControlled: controlled ? controlledWinRate(rows, level) : null,
  };
}

function rowsAgainst(
  table: ComparisonTable,
  baseline: number,
  clusters: Uint32Array | null,
  lengths: Float64Array | null,
): Map<number, BaselineRow[]> {
  const found = new Map<number, BaselineRow[]>();
  for (let row = 0; row < table.rows; row++) {
    const [left, right] = [table.left[row]!, table.right[row]!];
    const weight = table.weight?.[row] ?? 1;
    if ((left !== baseline && right !== baseline) || weight === 0) continue;
    const sign = right === baseline ? 1 : -1;
    const rows = found.get(sign === 1 ? left : right) ?? [];
    found.set(sign === 1 ? left : right, rows);
    const verdict = table.verdict[row]!;
    const leftPoints =
      verdict === VERDICT_CODES.left ? 1 : verdict === VERDICT_CODES.right ? 0 : 0.5;
    rows.push({
      points: sign === 1 ? leftPoints : 1 - leftPoints,
      weight,
      cluster: clusters?.[row] ?? row,
      longer: lengths === null ? 0 : sign * lengths[row]!,
    });
  }
  return found;
}

/** Prompts where there are two or more, else lists and verdicts that are not sure, else each row. */
function independentUnit(table: ComparisonTable): string {
  const usable = ['prompt', 'ranking'].find((unit) => {
    const column = table.groups[unit];
    return column !== undefined && column.count > 1;
  });
  return usable ?? 'comparison';
}

function placeOf(table: ComparisonTable, name: string): number {
  const place = table.items.indexOf(name);
  if (place >= 0) return place;
  const nearest = nearestName(name, table.items);
  throw new TuttiError('bad_usage', `No item is called "${name}".`, {
    hint: nearest === undefined ? undefined : `Did you mean "${nearest}"?`,
  });
}

function featureOf(table: ComparisonTable, name: string): Float64Array {
  const column = table.features[name];
  if (column !== undefined) return column;
  throw new TuttiError('bad_usage', `The comparisons have no feature "${name}".`, {
    hint: 'Give a column of it for each side, or the answers themselves.',
  });
}
