import { studentTwoSided } from '../numerics/distributions.ts';
import { mcnemarMidP } from './mcnemar.ts';
import { momentsOf, studentBounds, type UnitMeans } from './unit-mean.ts';

/** How two models differ on the units that both have answered. */
export interface PairedDifference {
  readonly units: number;
  /** Mean of the units' differences, the first less the second; null without units. */
  readonly difference: number | null;
  /** Student's t interval (95 %) of the units' differences; null where they are all the same, or there is one. */
  readonly low: number | null;
  readonly high: number | null;
  /** Two-sided, of no difference; null where nothing can be tested. */
  readonly p: number | null;
  readonly method: 'mcnemar-mid-p' | 't';
}

/**
 * Compares two models unit by unit. One 0/1 value a unit is tested by McNemar's mid-p, anything else by Student's t
 * of the units' differences with G - 1 degrees of freedom.
 *
 * @param first and `second` hold the same units in the same order.
 */
export function comparePaired(first: UnitMeans, second: UnitMeans): PairedDifference {
  const units = first.means.length;
  const differences = first.means.map((mean, unit) => mean - second.means[unit]!);
  const isCounted = first.isBinary && second.isBinary && first.isSingle && second.isSingle;
  if (units === 0) {
    const nothing = { difference: null, low: null, high: null, p: null };
    return { units, ...nothing, method: isCounted ? 'mcnemar-mid-p' : 't' };
  }
  const { mean, deviation } = momentsOf(differences);
  const bounds = studentBounds(mean, deviation, units);
  if (isCounted) {
    const better = differences.filter((difference) => difference > 0).length;
    const worse = differences.filter((difference) => difference < 0).length;
    const p = mcnemarMidP(better, worse);
    return { units, difference: mean, ...bounds, p, method: 'mcnemar-mid-p' };
  }
  return { units, difference: mean, ...bounds, p: studentP(mean, deviation, units), method: 't' };
}

/** Without a spread t has nothing to divide by: no difference at all is no evidence, a constant one cannot be tested. */
function studentP(mean: number, deviation: number, units: number): number | null {
  if (deviation === 0) return mean === 0 && units > 1 ? 1 : null;
  return studentTwoSided((mean * Math.sqrt(units)) / deviation, units - 1);
}
