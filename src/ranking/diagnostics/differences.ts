import { nearestName } from '../../core/nearest-name.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { holmAdjusted } from '../claims/holm.ts';
import { pairEvidence } from '../claims/pair-evidence.ts';
import type { Estimate } from '../intervals/estimate.ts';

/** Two items compared by all errors of an estimate. */
export interface Difference {
  readonly item: string;
  readonly other: string;
  /** Value of `item` minus that of `other`, in the unit of the estimate. */
  readonly difference: number;
  /** The error that makes the interval widest; infinite for items of groups that never met. */
  readonly standardError: number;
  /** Bounds that hold for all differences of the list at once (Bonferroni); infinite like the error. */
  readonly low: number;
  readonly high: number;
  /** Holm's adjusted p-value: below 1 - level the order of the two is sure, for all of the list at once. */
  readonly adjustedP: number;
}

/** Differences of all pairs and how many are separated. */
export interface Differences {
  readonly pairs: readonly Difference[];
  /** Pairs with `adjustedP` below 1 - level: the ones behind the rank ranges. */
  readonly separated: number;
}

/** Compares all pairs, the better item first. */
export function allDifferences(estimate: Estimate, level: number): Differences {
  const size = estimate.items.length;
  const pairs: [number, number][] = [];
  for (let one = 0; one < size; one++) {
    for (let other = 0; other < one; other++) {
      const ahead = estimate.values[one]! > estimate.values[other]!;
      pairs.push(ahead ? [one, other] : [other, one]);
    }
  }
  const differences = compare(estimate, pairs, level);
  return {
    pairs: differences,
    separated: differences.filter((one) => one.adjustedP < 1 - level).length,
  };
}

/**
 * Compares every other item with a baseline.
 *
 * @throws TuttiError `bad_usage` when the baseline is not among the items.
 */
export function differencesAgainst(
  estimate: Estimate,
  baseline: string,
  level: number,
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
  );
}

function compare(
  estimate: Estimate,
  pairs: readonly (readonly [number, number])[],
  level: number,
): Difference[] {
  const evidence = pairEvidence(estimate, (1 - level) / (2 * Math.max(1, pairs.length)));
  const p = Float64Array.from(pairs, ([one, other]) =>
    estimate.values[one]! >= estimate.values[other]!
      ? evidence.oneSided(one, other)
      : evidence.oneSided(other, one),
  );
  const adjusted = holmAdjusted(p);
  return pairs.map(([one, other], at) => {
    const difference = estimate.values[one]! - estimate.values[other]!;
    const { error, halfWidth } = evidence.widest(one, other);
    return {
      item: estimate.items[one]!,
      other: estimate.items[other]!,
      difference,
      standardError: error,
      low: difference - halfWidth,
      high: difference + halfWidth,
      adjustedP: adjusted[at]!,
    };
  });
}
