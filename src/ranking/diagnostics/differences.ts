import { nearestName } from '../../core/nearest-name.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { differenceError, type Estimate } from '../intervals/estimate.ts';
import { errorDraws, usualDraws } from '../intervals/normal-draws.ts';
import { inverseErrors, upperQuantile } from '../intervals/rank-ranges.ts';

/** Two items compared through the full covariance. */
export interface Difference {
  readonly item: string;
  readonly other: string;
  /** Value of `item` minus that of `other`, in the unit of the estimate. */
  readonly difference: number;
  readonly standardError: number;
  /** Bounds that hold for all differences of the list at once. */
  readonly low: number;
  readonly high: number;
  /** Probability of a |t| this large somewhere in the list if nothing differed (max-|t| adjusted). */
  readonly adjustedP: number;
}

/** Differences of all pairs and how many are separated. */
export interface Differences {
  readonly pairs: readonly Difference[];
  /** Pairs with `adjustedP` below 1 - level. */
  readonly separated: number;
}

/** Compares all pairs, the better item first; simultaneous bounds and p-values by the largest |t| of seeded draws. */
export function allDifferences(estimate: Estimate, level: number, seed: number): Differences {
  const size = estimate.items.length;
  const pairs: [number, number][] = [];
  for (let one = 0; one < size; one++) {
    for (let other = 0; other < one; other++) {
      const ahead = estimate.values[one]! > estimate.values[other]!;
      pairs.push(ahead ? [one, other] : [other, one]);
    }
  }
  const differences = compare(estimate, pairs, level, seed);
  return {
    pairs: differences,
    separated: differences.filter((one) => one.adjustedP < 1 - level).length,
  };
}

/**
 * Compares every other item with a baseline (Dunnett's comparison with a general covariance).
 *
 * @throws TuttiError `bad_usage` when the baseline is not among the items.
 */
export function differencesAgainst(
  estimate: Estimate,
  baseline: string,
  level: number,
  seed: number,
): Difference[] {
  const base = estimate.items.indexOf(baseline);
  if (base < 0) {
    const nearest = nearestName(baseline, estimate.items);
    throw new TuttiError('bad_usage', `"${baseline}" is not among the items.`, {
      hint: nearest === undefined ? undefined : `Did you mean ${nearest}?`,
    });
  }
  const others = [...estimate.items.keys()].filter((item) => item !== base);
  return compare(
    estimate,
    others.map((item) => [item, base]),
    level,
    seed,
  );
}

function compare(
  estimate: Estimate,
  pairs: readonly (readonly [number, number])[],
  level: number,
  seed: number,
): Difference[] {
  const size = estimate.items.length;
  const precision = inverseErrors(estimate);
  const largest = largestOfDraws(estimate, pairs, precision, seed);
  const quantile = upperQuantile(largest, level);
  const sorted = largest.slice().sort();
  return pairs.map(([one, other]) => {
    const difference = estimate.values[one]! - estimate.values[other]!;
    const standardError = differenceError(estimate, one, other);
    const t = Math.abs(difference) * precision[one * size + other]!;
    return {
      item: estimate.items[one]!,
      other: estimate.items[other]!,
      difference,
      standardError,
      low: difference - quantile * standardError,
      high: difference + quantile * standardError,
      adjustedP: (1 + countAtLeast(sorted, t)) / (1 + sorted.length),
    };
  });
}

function largestOfDraws(
  estimate: Estimate,
  pairs: readonly (readonly [number, number])[],
  precision: Float64Array,
  seed: number,
): Float64Array {
  const size = estimate.items.length;
  const draws = usualDraws(size);
  const errors = errorDraws(estimate, seed, draws);
  const first = Uint32Array.from(pairs, ([one]) => one);
  const second = Uint32Array.from(pairs, ([, other]) => other);
  const scale = Float64Array.from(pairs, ([one, other]) => precision[one * size + other]!);
  const largest = new Float64Array(draws);
  for (let draw = 0; draw < draws; draw++) {
    let most = 0;
    for (let pair = 0; pair < scale.length; pair++) {
      const base = draw * size;
      const t =
        Math.abs(errors[base + first[pair]!]! - errors[base + second[pair]!]!) * scale[pair]!;
      if (t > most) most = t;
    }
    largest[draw] = most;
  }
  return largest;
}

function countAtLeast(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! >= value) high = middle;
    else low = middle + 1;
  }
  return sorted.length - low;
}
