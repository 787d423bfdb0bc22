import type { UnitCounts } from './unit-counts.ts';

/** Agreement of all judges at once. */
export interface FleissKappa {
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
export function fleissKappa(counts: UnitCounts): FleissKappa {
  if (counts.units === 0) return { kappa: null, agreement: null, chance: null, equalSizes: true };
  const shares = new Float64Array(counts.valueCount);
  let agreement = 0;
  for (let unit = 0; unit < counts.units; unit++) {
    const size = counts.size[unit]!;
    let agreeing = 0;
    for (let k = counts.start[unit]!; k < counts.start[unit + 1]!; k++) {
      const count = counts.count[k]!;
      agreeing += count * (count - 1);
      shares[counts.code[k]!]! += count / size / counts.units;
    }
    agreement += agreeing / (size * (size - 1)) / counts.units;
  }
  const used = shares.filter((share) => share > 0);
  const chance = used.length === 1 ? 1 : used.reduce((sum, share) => sum + share * share, 0);
  const kappa = chance < 1 ? (agreement - chance) / (1 - chance) : null;
  const equalSizes = counts.size.every((size) => size === counts.size[0]);
  return { kappa, agreement, chance, equalSizes };
}
