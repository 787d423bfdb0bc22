import type { Random } from '../../core/clock.ts';
import { DisagreementMeter } from './disagreement.ts';
import { type Distance, numericValues } from './distance.ts';
import { hayesReplicates } from './hayes-bootstrap.ts';
import { percentileBounds } from './percentile-bounds.ts';
import type { Ratings } from './ratings.ts';
import { countByUnit, type UnitCounts } from './unit-counts.ts';

/** How alpha is computed. */
export interface AlphaOptions {
  /** Default `nominal`. */
  readonly distance?: Distance;
  /**
   * `units` draws whole units with replacement (default); `hayes` draws single disagreements, as
   * Hayes' KALPHA macro does; `none` leaves `low` and `high` null.
   */
  readonly interval?: 'units' | 'hayes' | 'none';
  /** Resamples, 1 or more; default 1000. */
  readonly rounds?: number;
  /** Confidence level between 0 and 1; default 0.95. */
  readonly level?: number;
}

/** Krippendorff's alpha and what it was computed from. */
export interface Alpha {
  readonly distance: Distance;
  /** 1 for perfect agreement, 0 for agreement by chance; null without a unit of two ratings. */
  readonly alpha: number | null;
  /** Sum of observed disagreement over the coincidence matrix. */
  readonly observed: number;
  /** The same sum as chance would make it. */
  readonly expected: number;
  /** Bounds of the percentile interval; null where there is none. */
  readonly low: number | null;
  readonly high: number | null;
  readonly interval: 'units' | 'hayes' | 'none';
  /** Units with at least two ratings, and the ratings in them. */
  readonly units: number;
  readonly ratings: number;
  /** True when all those ratings are the same value: alpha is then 1 by convention and shows nothing. */
  readonly constant: boolean;
}

/**
 * Krippendorff's alpha = 1 - observed / expected disagreement, for any number of judges, with
 * missing ratings; units with a single rating do not count (Krippendorff, Content Analysis, 2004,
 * chapter 11). When nothing varies (expected = 0) it is 1, and `constant` says so.
 *
 * @param random source of the resamples.
 */
export function krippendorffAlpha(
  ratings: Ratings,
  random: Random,
  options: AlphaOptions = {},
): Alpha {
  const { distance = 'nominal', interval = 'units', rounds = 1000, level = 0.95 } = options;
  const counts = countByUnit(ratings);
  const values = numericValues(ratings.values, distance);
  const meter = new DisagreementMeter(counts, values, distance);
  const { observed, expected } = meter.measure(new Uint8Array(counts.units).fill(1));
  const constant = counts.units > 0 && expected === 0;
  const found = { distance, observed, expected, units: counts.units, ratings: counts.ratings };
  const alpha = counts.units === 0 ? null : alphaOf(observed, expected);
  const none = { ...found, alpha, low: null, high: null, interval: 'none' as const, constant };
  if (alpha === null || constant || interval === 'none') return none;
  const replicates =
    interval === 'units'
      ? unitReplicates(meter, counts, rounds, random)
      : hayesReplicates(counts, meter.pairDistance(), expected, rounds, random);
  const [low, high] = percentileBounds(replicates, level);
  return { ...found, alpha, low, high, interval, constant };
}

/** 1 - observed / expected; without any expected disagreement 1, or 0 if there is an observed one. */
function alphaOf(observed: number, expected: number): number {
  if (expected === 0) return observed === 0 ? 1 : 0;
  return 1 - observed / expected;
}

function unitReplicates(
  meter: DisagreementMeter,
  counts: UnitCounts,
  rounds: number,
  random: Random,
): Float64Array {
  const draws = new Uint32Array(counts.units);
  const replicates = new Float64Array(rounds);
  for (let round = 0; round < rounds; round++) {
    draws.fill(0);
    for (let k = 0; k < counts.units; k++) draws[Math.floor(random() * counts.units)]! += 1;
    const { observed, expected } = meter.measure(draws);
    replicates[round] = alphaOf(observed, expected);
  }
  return replicates;
}
