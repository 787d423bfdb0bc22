import { type ComparisonTable, VERDICT_CODES } from '../table/comparison-table.ts';
import { PairIndex } from './pair-index.ts';

/**
 * Comparisons added up: one game for each pair of items (or each ordered pair, or each row), with the
 * weight of the verdicts for its first item, for its second, and for neither. Sparse: memory grows
 * with the pairs that met.
 */
export interface Games {
  readonly items: number;
  readonly count: number;
  readonly first: Uint32Array;
  readonly second: Uint32Array;
  /** Weight of the verdicts by game and outcome: `3 * game + outcome` (won, lost, tied by `first`). */
  readonly weight: Float64Array;
  /** Sum of the squared weights, as `weight`; the same array when every row counts 1. */
  readonly squaredWeight: Float64Array;
  /** Values of the covariates, `covariateCount` for each game: positive speaks for `first`. */
  readonly covariates: Float64Array;
  readonly covariateCount: number;
}

/** Outcome of a game for its first item; also the offset in `Games.weight`. */
export const WON = 0;
export const LOST = 1;
export const TIED = 2;
/** A row that nobody gains from: both answers are bad, and that is a loss for both. */
export const LOST_BY_BOTH = 3;

/** To which game and outcome each row went. */
export interface RowGames {
  readonly game: Uint32Array;
  readonly outcome: Uint8Array;
}

/** How rows are put together. */
export interface GamesOptions {
  /** True for a game per ordered pair, with a covariate of 1 for the side shown first. */
  readonly side: boolean;
  /** Columns of covariates; giving any makes one game of each row. */
  readonly covariates: readonly Float64Array[];
}

const PLAIN: GamesOptions = { side: false, covariates: [] };

/**
 * Adds comparisons up to games. A both-bad row that is still in the table is a loss for both: its pair
 * has met, and neither gets anything.
 *
 * @param rowGames filled with the game and outcome of each row, when given.
 */
export function addUpGames(
  table: ComparisonTable,
  options: GamesOptions = PLAIN,
  rowGames?: RowGames,
): Games {
  const perRow = options.covariates.length > 0;
  const index = perRow ? null : new PairIndex(table.items.length);
  let weight = new Float64Array(perRow ? 3 * table.rows : 192);
  let squared = table.weight === null ? weight : new Float64Array(weight.length);
  const { left, right, verdict } = table;
  for (let row = 0; row < table.rows; row++) {
    const swap = index !== null && !options.side && left[row]! > right[row]!;
    const first = swap ? right[row]! : left[row]!;
    const second = swap ? left[row]! : right[row]!;
    const code = verdict[row]!;
    const outcome = code >= VERDICT_CODES.tie ? code : swap ? 1 - code : code;
    const game = index === null ? row : index.idOf(first, second);
    if (rowGames !== undefined) {
      rowGames.game[row] = game;
      rowGames.outcome[row] = outcome;
    }
    if (3 * game >= weight.length) {
      const same = squared === weight;
      weight = doubled(weight);
      squared = same ? weight : doubled(squared);
    }
    if (outcome === LOST_BY_BOTH) continue;
    const cell = 3 * game + outcome;
    const rowWeight = table.weight === null ? 1 : table.weight[row]!;
    weight[cell]! += rowWeight;
    if (squared !== weight) squared[cell]! += rowWeight * rowWeight;
  }
  const count = index === null ? table.rows : index.count;
  const members = index?.members() ?? {
    first: Uint32Array.from(left.subarray(0, count)),
    second: Uint32Array.from(right.subarray(0, count)),
  };
  const cells = weight.slice(0, 3 * count);
  return {
    items: table.items.length,
    count,
    ...members,
    weight: cells,
    squaredWeight: squared === weight ? cells : squared.slice(0, 3 * count),
    covariates: covariateRows(options, count),
    covariateCount: (options.side ? 1 : 0) + options.covariates.length,
  };
}

function covariateRows(options: GamesOptions, count: number): Float64Array {
  const columns = [
    ...(options.side ? [new Float64Array(count).fill(1)] : []),
    ...options.covariates,
  ];
  const rows = new Float64Array(count * columns.length);
  columns.forEach((column, position) => {
    for (let game = 0; game < count; game++) rows[game * columns.length + position] = column[game]!;
  });
  return rows;
}

function doubled(column: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(column.length * 2);
  larger.set(column);
  return larger;
}
