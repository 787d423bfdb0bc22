import { type ComparisonTable, VERDICT_CODES } from '../table/comparison-table.ts';

/** What each item achieved, as sums of weights. */
export interface Tallies {
  readonly comparisons: Float64Array;
  readonly wins: Float64Array;
  readonly losses: Float64Array;
  /** Ties, both-bad ones included unless they are losses. */
  readonly ties: Float64Array;
}

/** Adds up wins, losses and ties of each item. A both-bad row that is still in the table is a loss for both. */
export function tally(table: ComparisonTable): Tallies {
  const size = table.items.length;
  const comparisons = new Float64Array(size);
  const wins = new Float64Array(size);
  const losses = new Float64Array(size);
  const ties = new Float64Array(size);
  for (let row = 0; row < table.rows; row++) {
    const weight = table.weight === null ? 1 : table.weight[row]!;
    const left = table.left[row]!;
    const right = table.right[row]!;
    const code = table.verdict[row]!;
    comparisons[left]! += weight;
    comparisons[right]! += weight;
    if (code === VERDICT_CODES.left || code === VERDICT_CODES.right) {
      wins[code === VERDICT_CODES.left ? left : right]! += weight;
      losses[code === VERDICT_CODES.left ? right : left]! += weight;
    } else {
      const column = code === VERDICT_CODES.tie ? ties : losses;
      column[left]! += weight;
      column[right]! += weight;
    }
  }
  return { comparisons, wins, losses, ties };
}
