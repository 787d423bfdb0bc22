import { normalQuantile } from '../intervals/distributions.ts';
import { differenceError, type Estimate } from '../intervals/estimate.ts';
import { bestFirst } from '../ranks.ts';

/** How many comparisons would tell the first item from the second. */
export interface ComparisonPlan {
  readonly first: string;
  readonly second: string;
  /** Their difference in the unit of the estimate, and its standard error now. */
  readonly difference: number;
  readonly standardError: number;
  /** Comparisons needed in all, chosen as those so far were; null when the two are equal. */
  readonly needed: number | null;
  /** How many more that is; 0 when there are enough. */
  readonly more: number | null;
  readonly power: number;
}

/**
 * Standard errors shrink with the root of the number of comparisons, so that a difference δ is separated
 * with probability `power` once its error is δ / (z_level + z_power): N' = N ((z_level + z_power) se / δ)².
 * The true difference is taken to be the one seen, which on average is too large for a winner.
 *
 * @param comparisons number of comparisons behind the estimate.
 * @param level of the two-sided test; default 0.95.
 * @param power default 0.8.
 */
export function planComparisons(
  estimate: Estimate,
  comparisons: number,
  level = 0.95,
  power = 0.8,
): ComparisonPlan | null {
  const [first, second] = bestFirst(estimate.values);
  if (first === undefined || second === undefined) return null;
  const difference = estimate.values[first]! - estimate.values[second]!;
  const standardError = differenceError(estimate, first, second);
  const reach = normalQuantile((1 + level) / 2) + normalQuantile(power);
  const ratio = (reach * standardError) / difference;
  const needed = Number.isFinite(ratio) ? Math.ceil(comparisons * ratio * ratio) : null;
  return {
    first: estimate.items[first]!,
    second: estimate.items[second]!,
    difference,
    standardError,
    needed,
    more: needed === null ? null : Math.max(0, needed - comparisons),
    power,
  };
}
