import type { Estimate } from '../intervals/estimate.ts';
import { errorDraws, usualDraws } from '../intervals/normal-draws.ts';

/** How likely each item is to be the best, or among the first k; by item, in the order of the estimate. */
export interface BestProbabilities {
  readonly best: Float64Array;
  readonly top: Float64Array;
}

/**
 * Shares of seeded draws around the estimate in which an item comes first, or among the first `k`: the
 * posterior under a flat prior, roughly. `best` sums to 1 and `top` to `k`.
 *
 * @param k 1 to the number of items.
 */
export function bestProbabilities(estimate: Estimate, k: number, seed: number): BestProbabilities {
  const size = estimate.items.length;
  const draws = usualDraws(size);
  const errors = errorDraws(estimate, seed, draws);
  const best = new Float64Array(size);
  const top = new Float64Array(size);
  const order = Array.from({ length: size }, (_, item) => item);
  const value = new Float64Array(size);
  for (let draw = 0; draw < draws; draw++) {
    for (let item = 0; item < size; item++) {
      value[item] = estimate.values[item]! + errors[draw * size + item]!;
    }
    order.sort((a, b) => value[b]! - value[a]!);
    best[order[0]!]! += 1 / draws;
    for (let place = 0; place < Math.min(k, size); place++) top[order[place]!]! += 1 / draws;
  }
  return { best, top };
}
