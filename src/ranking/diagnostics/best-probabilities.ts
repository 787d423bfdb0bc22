import { type Estimate, errorBands } from '../intervals/estimate.ts';
import { studentQuantile } from '../numerics/distributions.ts';
import { type DrawnErrors, errorDraws, usualDraws } from '../numerics/normal-draws.ts';

/** How likely each item is to be the best, or among the first k; by item, in the order of the estimate. */
export interface BestProbabilities {
  readonly best: Float64Array;
  readonly top: Float64Array;
}

/**
 * Shares of seeded draws around the estimate in which an item comes first, or among the first `k`: about
 * the posterior under a flat prior, which is no error rate. `best` sums to 1 and `top` to `k`. Each item's
 * draws are as wide as the widest of its errors; they go together as those by single votes do, since few
 * clusters cannot tell how errors go together.
 *
 * @param k 1 to the number of items.
 */
export function bestProbabilities(estimate: Estimate, k: number, seed: number): BestProbabilities {
  const size = estimate.items.length;
  const draws = usualDraws(size);
  const errors = errorDraws(widestErrors(estimate), seed, draws);
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

const USUAL_TAIL = 0.975;

/** The shape of the finest errors (of the model's, where there is a prior), as wide as the widest. */
function widestErrors(estimate: Estimate): DrawnErrors {
  const bands = errorBands(estimate);
  const size = estimate.items.length;
  const widths = bands.map(({ covariance, degreesOfFreedom }) => {
    const quantile = studentQuantile(USUAL_TAIL, degreesOfFreedom);
    return Float64Array.from(
      { length: size },
      (_, item) => quantile * Math.sqrt(Math.max(0, covariance[item * (size + 1)]!)),
    );
  });
  const total = (one: Float64Array) => one.reduce((sum, width) => sum + width, 0);
  const totals = widths.map(total);
  const { degreesOfFreedom } = bands[totals.indexOf(Math.max(...totals))]!;
  const shape = bands.at(-1)!.covariance;
  const quantile = studentQuantile(USUAL_TAIL, degreesOfFreedom);
  const stretch = Float64Array.from({ length: size }, (_, item) => {
    const own = Math.sqrt(Math.max(0, shape[item * (size + 1)]!));
    return own > 0 ? Math.max(...widths.map((one) => one[item]!)) / (quantile * own) : 0;
  });
  const covariance = shape.map(
    (value, at) => value * stretch[Math.floor(at / size)]! * stretch[at % size]!,
  );
  return { covariance, degreesOfFreedom };
}
