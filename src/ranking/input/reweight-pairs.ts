import type { ComparisonTable } from '../table/comparison-table.ts';
import { PairIndex } from './pair-index.ts';

/**
 * Weighs each comparison by the inverse of how often its two items met, at least `fewest`, so that a pair
 * that was shown often does not speak louder than others (arena-rank's `reweighted`, `min_pair_count`).
 * Weights that are there are kept as factors; all are scaled to a mean of 1, which changes no rating.
 *
 * @param fewest meetings below which a pair is weighed as if it had so many; arena-rank takes 50.
 */
export function reweightPairs(table: ComparisonTable, fewest: number): ComparisonTable {
  const index = new PairIndex(table.items.length);
  const pairOf = new Uint32Array(table.rows);
  const counts: number[] = [];
  for (let row = 0; row < table.rows; row++) {
    const [left, right] = [table.left[row]!, table.right[row]!];
    const pair = index.idOf(Math.min(left, right), Math.max(left, right));
    pairOf[row] = pair;
    counts[pair] = (counts[pair] ?? 0) + (table.weight?.[row] ?? 1);
  }
  const weight = new Float64Array(table.rows);
  let [sum, before] = [0, 0];
  for (let row = 0; row < table.rows; row++) {
    const own = table.weight?.[row] ?? 1;
    weight[row] = own / Math.max(counts[pairOf[row]!]!, fewest);
    sum += weight[row]!;
    before += own;
  }
  return { ...table, weight: weight.map((one) => (one * before) / sum) };
}
