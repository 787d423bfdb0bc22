import { differenceError, type Estimate } from './estimate.ts';
import { errorDraws, usualDraws } from './normal-draws.ts';

/** The ranks that an item may have. */
export interface RankRange {
  /** 1 + the number of items that are surely above. */
  readonly rankLow: number;
  /** Items in all - the number that are surely below. */
  readonly rankHigh: number;
}

/** Which items are surely above which. */
export interface SureOrder {
  /** 1 at `above * items + below` where the order is sure. */
  readonly above: Uint8Array;
  /** Quantile of the largest |t| in the first step. */
  readonly quantile: number;
}

/**
 * Ranges that hold the true ranks of all items at once with probability `level` (Mogstad, Romano, Shaikh
 * and Wilhelm 2023). A difference is sure when it exceeds its standard error times the quantile of the
 * largest studentised difference over all ordered pairs that are not yet sure; repeated until nothing
 * is added (step-down). The quantile is that of seeded draws from the covariance.
 */
export function rankRanges(estimate: Estimate, level: number, seed: number): RankRange[] {
  const { above } = sureOrder(estimate, level, seed);
  const size = estimate.items.length;
  return estimate.items.map((_, item) => {
    let better = 0;
    let worse = 0;
    for (let other = 0; other < size; other++) {
      better += above[other * size + item]!;
      worse += above[item * size + other]!;
    }
    return { rankLow: 1 + better, rankHigh: size - worse };
  });
}

/** The step-down procedure behind `rankRanges`. */
export function sureOrder(estimate: Estimate, level: number, seed: number): SureOrder {
  const size = estimate.items.length;
  const above = new Uint8Array(size * size);
  const precision = inverseErrors(estimate);
  const draws = usualDraws(size);
  const errors = errorDraws(estimate, seed, draws);
  let quantile = 0;
  for (let step = 0; ; step++) {
    const threshold = largestQuantile(errors, draws, precision, above, level);
    if (step === 0) quantile = threshold;
    let added = 0;
    for (let one = 0; one < size; one++) {
      for (let other = 0; other < size; other++) {
        const at = one * size + other;
        const difference = estimate.values[one]! - estimate.values[other]!;
        if (above[at] === 1 || !(difference * precision[at]! > threshold)) continue;
        above[at] = 1;
        added++;
      }
    }
    if (added === 0) return { above, quantile };
  }
}

/** 1 / standard error of each difference; 0 where the error is 0 or lost in rounding, so that nothing is sure there. */
export function inverseErrors(estimate: Estimate): Float64Array {
  const size = estimate.items.length;
  let largest = 0;
  for (let i = 0; i < size; i++) largest = Math.max(largest, estimate.covariance[i * size + i]!);
  const smallest = Math.sqrt(largest) * 1e-7;
  const precision = new Float64Array(size * size);
  for (let one = 0; one < size; one++) {
    for (let other = 0; other < one; other++) {
      const error = differenceError(estimate, one, other);
      const inverse = error > smallest ? 1 / error : 0;
      precision[one * size + other] = precision[other * size + one] = inverse;
    }
  }
  return precision;
}

/** The quantile of the largest t over the ordered pairs that are not yet sure. */
function largestQuantile(
  errors: Float64Array,
  draws: number,
  precision: Float64Array,
  sure: Uint8Array,
  level: number,
): number {
  const size = Math.sqrt(precision.length);
  const largest = new Float64Array(draws);
  for (let draw = 0; draw < draws; draw++) {
    const base = draw * size;
    let most = 0;
    for (let one = 1; one < size; one++) {
      const value = errors[base + one]!;
      const row = one * size;
      for (let other = 0; other < one; other++) {
        const t = (value - errors[base + other]!) * precision[row + other]!;
        // Beyond the largest so far: it counts if the hypothesis in its direction is still open.
        if (t > most) {
          if (sure[row + other] === 0) most = t;
        } else if (-t > most && sure[other * size + one] === 0) most = -t;
      }
    }
    largest[draw] = most;
  }
  return upperQuantile(largest, level);
}

/** The smallest of the numbers that at least the share `level` of (numbers + 1) does not exceed. */
export function upperQuantile(values: Float64Array, level: number): number {
  const sorted = values.slice().sort();
  return sorted[Math.min(sorted.length - 1, Math.ceil(level * (sorted.length + 1)) - 1)]!;
}
