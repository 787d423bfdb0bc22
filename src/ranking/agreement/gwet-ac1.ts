import type { Bounds } from './jackknife.ts';
import type { UnitSums } from './unit-sums.ts';

/** Gwet's AC1, which does not collapse where nearly all ratings are one value. */
export interface GwetAc1 extends Bounds {
  /** Null without a unit of two ratings, or with a single value. */
  readonly ac1: number | null;
  /** Mean over units of the share of agreeing pairs of ratings; null without such a unit. */
  readonly agreement: number | null;
  /** The same as chance would make it: 1/(Q - 1) Σ π(1 - π), at most 1/Q for Q values. */
  readonly chance: number | null;
}

/**
 * Gwet's AC1 (2008), (P - e)/(1 - e), for any number of judges and with missing ratings: P over units
 * with two ratings or more, e from the mean share π of each value over all units with a rating.
 *
 * @param values number of different values that occur.
 */
export function gwetAc1(
  sums: UnitSums,
  values: number,
): Pick<GwetAc1, 'ac1' | 'agreement' | 'chance'> {
  if (sums.paired === 0) return { ac1: null, agreement: null, chance: null };
  const agreement = sums.agreement / sums.paired;
  if (values < 2) return { ac1: null, agreement, chance: null };
  let chance = 0;
  for (const sum of sums.shares) {
    const share = sum / sums.rated;
    chance += (share * (1 - share)) / (values - 1);
  }
  return { ac1: (agreement - chance) / (1 - chance), agreement, chance };
}
