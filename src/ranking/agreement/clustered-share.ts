import { studentQuantile } from '../numerics/distributions.ts';
import { type ShareInterval, scoreBounds } from './wilson.ts';

/**
 * A share over clusters of unequal size with a score interval: Wilson's, with the number of
 * observations that are worth as much if they were independent, p(1 - p) / V, and t with G - 1 degrees
 * (Dean and Pagano 2015). V = G/(G - 1) Σ (y - p m)² / (Σ m)² (y of m in a cluster). All or none in
 * every cluster is worth G observations. Fewer than two clusters give no bounds.
 *
 * @param counts y of each cluster.
 * @param ofs m of each cluster; those with 0 do not count.
 */
export function clusteredShare(
  counts: ArrayLike<number>,
  ofs: ArrayLike<number>,
  level: number,
): ShareInterval {
  let [count, of, clusters] = [0, 0, 0];
  for (let cluster = 0; cluster < ofs.length; cluster++) {
    count += counts[cluster]!;
    of += ofs[cluster]!;
    if (ofs[cluster]! > 0) clusters += 1;
  }
  if (of === 0) return { count, of, share: null, low: null, high: null };
  const share = count / of;
  if (clusters < 2) return { count, of, share, low: null, high: null };
  let squares = 0;
  for (let cluster = 0; cluster < ofs.length; cluster++) {
    squares += (counts[cluster]! - share * ofs[cluster]!) ** 2;
  }
  const variance = ((clusters / (clusters - 1)) * squares) / (of * of);
  const even = share * (1 - share);
  const worth = even === 0 ? clusters : Math.min(of, even / variance);
  const t = studentQuantile((1 + level) / 2, clusters - 1);
  return { count, of, share, ...scoreBounds(share, worth, t) };
}
