import {
  differenceError,
  type ErrorBand,
  type Estimate,
  errorBands,
} from '../intervals/estimate.ts';
import { studentQuantile, studentTail } from '../numerics/distributions.ts';

/** What the votes say about the difference of two items, by all errors of an estimate. */
export interface PairEvidence {
  /** Probability of a difference this large if `one` were not above `other`: the largest of all errors. */
  oneSided(one: number, other: number): number;
  /** The error that makes the interval of a difference widest. */
  widest(one: number, other: number): { readonly error: number; readonly halfWidth: number };
}

/** Errors below this share of the largest error are rounding. */
const ROUNDING = 1e-7;

/**
 * Puts the errors of an estimate together: a difference is as sure as the most cautious of them says. A
 * unit whose clusters happen to agree exactly (error 0) is overruled by the others; where all errors are
 * lost in rounding, and between groups that never met, nothing is sure.
 *
 * @param tail probability beyond each end of an interval, for `widest`.
 */
export function pairEvidence(estimate: Estimate, tail: number): PairEvidence {
  const { values, groups, exact } = estimate;
  const bands = errorBands(estimate);
  const quantiles = bands.map((band) => studentQuantile(1 - tail, band.degreesOfFreedom));
  const smallest = ROUNDING * largestError(bands);
  const apart = (one: number, other: number) =>
    groups !== undefined && groups[one] !== groups[other];
  return {
    oneSided(one, other) {
      if (apart(one, other)) return 1;
      const difference = values[one]! - values[other]!;
      let most = 0;
      let known = false;
      for (const band of bands) {
        const error = differenceError(band, one, other);
        if (!(error > smallest)) continue;
        known = true;
        most = Math.max(most, studentTail(difference / error, band.degreesOfFreedom));
      }
      return known ? Math.max(most, exact?.(one, other) ?? 0) : 1;
    },
    widest(one, other) {
      if (apart(one, other)) {
        return { error: Number.POSITIVE_INFINITY, halfWidth: Number.POSITIVE_INFINITY };
      }
      let widest = { error: 0, halfWidth: 0 };
      for (const [at, band] of bands.entries()) {
        const error = differenceError(band, one, other);
        const halfWidth = error * quantiles[at]!;
        if (halfWidth >= widest.halfWidth) widest = { error, halfWidth };
      }
      return widest;
    },
  };
}

function largestError(bands: readonly ErrorBand[]): number {
  let largest = 0;
  for (const { covariance } of bands) {
    const size = Math.sqrt(covariance.length);
    for (let i = 0; i < size; i++) largest = Math.max(largest, covariance[i * (size + 1)]!);
  }
  return Math.sqrt(largest);
}
