import { pairEvidence } from '../claims/pair-evidence.ts';
import {
  differenceError,
  type ErrorBand,
  type Estimate,
  errorBands,
} from '../intervals/estimate.ts';
import { normalQuantile, studentQuantile } from '../numerics/distributions.ts';
import { bestFirst } from '../rating/ranks.ts';

/** How many comparisons, prompts or judges would tell the first item from the second. */
export interface ComparisonPlan {
  readonly first: string;
  readonly second: string;
  /** Their difference in the unit of the estimate, and its standard error now. */
  readonly difference: number;
  readonly standardError: number;
  /** What is counted: the unit of the error that is hardest to overcome. */
  readonly unit: string;
  /** How many are needed in all, chosen as those so far were; null when no number separates the two. */
  readonly needed: number | null;
  /** How many more that is; 0 when there are enough. */
  readonly more: number | null;
  readonly power: number;
}

/** What would be needed by one error. */
interface Need {
  readonly unit: string;
  readonly error: number;
  readonly count: number;
  readonly needed: number | null;
}

const MAX_TIMES = 1e9;

/**
 * Standard errors shrink with the root of the number n of independent units, so that a difference δ is
 * separated with probability `power` once (t_level + t_power) se √(N/n) <= δ, t with n - 1 degrees of
 * freedom, by every error of the estimate. The true difference is taken to be the one seen, which for a
 * winner is too large on average: with 80 % power by this plan the real one is nearer to a half.
 *
 * @param comparisons number of comparisons behind the estimate.
 * @param level of the two-sided test of these two alone; default 0.95.
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
  const pair = { first, second, difference: estimate.values[first]! - estimate.values[second]! };
  const target = { comparisons, level, power };
  const hardest = hardestNeed(estimate, pair, target);
  const { unit, count, error } = hardest;
  const apart = estimate.groups !== undefined && estimate.groups[first] !== estimate.groups[second];
  const needed = apart ? null : hardest.needed;
  return {
    first: estimate.items[first]!,
    second: estimate.items[second]!,
    difference: pair.difference,
    standardError: error,
    unit,
    needed,
    more: needed === null ? null : Math.max(0, needed - count),
    power,
  };
}

interface Pair {
  readonly first: number;
  readonly second: number;
  readonly difference: number;
}

interface Target {
  readonly comparisons: number;
  readonly level: number;
  readonly power: number;
}

function hardestNeed(estimate: Estimate, pair: Pair, target: Target): Need {
  const needs = errorBands(estimate).map((band) => needBy(band, pair, target));
  const hardest = needs.reduce((one, other) => (timesOf(other) > timesOf(one) ? other : one));
  return timesOf(hardest) > 1 ? hardest : (exactNeed(estimate, pair, target) ?? hardest);
}

function needBy(band: ErrorBand, { first, second, difference }: Pair, target: Target): Need {
  const error = differenceError(band, first, second);
  const count = band.count > 0 ? band.count : target.comparisons;
  const degreesByUnit = (band.degreesOfFreedom + 1) / count;
  const enough = (n: number) => {
    const degrees = Math.max(0.5, n * degreesByUnit - 1);
    const reach =
      studentQuantile((1 + target.level) / 2, degrees) + studentQuantile(target.power, degrees);
    return reach * error * Math.sqrt(count / n) <= difference;
  };
  // The model's error counts votes like that by comparison.
  const unit = band.unit === 'model' ? 'comparison' : band.unit;
  return {
    unit,
    error,
    count,
    needed: difference > 0 ? smallest(enough, count * MAX_TIMES) : null,
  };
}

function timesOf({ needed, count }: Need): number {
  return needed === null ? Number.POSITIVE_INFINITY : needed / count;
}

/** Where every error is small enough and an exact test is not, its p-value is read as that of a normal difference. */
function exactNeed(
  estimate: Estimate,
  { first, second }: Pair,
  { comparisons, level, power }: Target,
): Need | null {
  const p = estimate.exact?.(first, second) ?? 0;
  if (2 * p < 1 - level) return null;
  const z = p < 0.5 ? normalQuantile(1 - p) : 0;
  const reach = normalQuantile((1 + level) / 2) + normalQuantile(power);
  const { error } = pairEvidence(estimate, 0.5).widest(first, second);
  const needed = z > 0 ? Math.ceil(comparisons * (reach / z) ** 2) : null;
  return { unit: 'comparison', error, count: comparisons, needed };
}

/** The smallest whole number from 2 on for which a condition that stays true holds; null beyond `most`. */
function smallest(holds: (n: number) => boolean, most: number): number | null {
  let high = 2;
  while (!holds(high)) {
    if (high > most) return null;
    high *= 2;
  }
  let low = high / 2;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}
