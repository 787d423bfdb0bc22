import type { Bounds } from './jackknife.ts';
import type { UnitSums } from './unit-sums.ts';

/** Agreement of all judges at once. */
export interface FleissKappa extends Bounds {
  /** Fleiss' kappa; null when it is undefined: no unit with two ratings, or a single value. */
  readonly kappa: number | null;
  /** Mean over units of the share of agreeing pairs of ratings; null without such a unit. */
  readonly agreement: number | null;
  /** The same as chance would make it. */
  readonly chance: number | null;
  /** True when every unit has the same number of ratings, as the original formula wants it. */
  readonly equalSizes: boolean;
}

/**
 * Fleiss' kappa (1971) over units with at least two ratings: P = mean of Σ n(n - 1) / (m(m - 1)),
 * chance = Σ p², p = mean share of each value in a unit. With unequal numbers of ratings each unit
 * counts the same (Gwet, Handbook of Inter-Rater Reliability, chapter 2).
 */
export function fleissKappa(sums: UnitSums): Pick<FleissKappa, 'kappa' | 'agreement' | 'chance'> {
  if (sums.paired === 0) return { kappa: null, agreement: null, chance: null };
  const agreement = sums.agreement / sums.paired;
  let [chance, used] = [0, 0];
  for (const share of sums.pairedShares) {
    chance += (share / sums.paired) ** 2;
    if (share > 0) used += 1;
  }
  if (used === 1) chance = 1;
  return { kappa: chance < 1 ? (agreement - chance) / (1 - chance) : null, agreement, chance };
}
