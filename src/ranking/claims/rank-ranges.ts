import { differenceError, type Estimate } from '../intervals/estimate.ts';
import { studentQuantile } from '../numerics/distributions.ts';
import { holmAdjusted } from './holm.ts';
import { pairEvidence } from './pair-evidence.ts';

/** The ranks that an item may have. */
export interface RankRange {
  /** 1 + the number of items that are surely above. */
  readonly rankLow: number;
  /** Items in all - the number that are surely below. */
  readonly rankHigh: number;
}

/**
 * Ranges that hold the true ranks of all items at once with probability `level`: 1 + the number of items
 * that are surely above, and so on (as Mogstad, Romano, Shaikh and Wilhelm 2023), where "surely" is
 * Holm's step-down over all ordered pairs with Student's t. With few clusters the covariance has too low
 * a rank to tell how errors go together, so that nothing finer than Holm holds what it says.
 */
export function rankRanges(estimate: Estimate, level: number): RankRange[] {
  const above = sureOrder(estimate, level);
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

/** Which items are surely above which: 1 at `above * items + below`. */
export function sureOrder(estimate: Estimate, level: number): Uint8Array {
  const size = estimate.items.length;
  const pairs = (size * (size - 1)) / 2;
  const above = new Uint8Array(size * size);
  if (pairs === 0) return above;
  const evidence = pairEvidence(estimate, 0.5);
  // No step of Holm's is easier than this, so that most pairs need no p-value.
  const least = studentQuantile(1 - (1 - level) / pairs, estimate.degreesOfFreedom);
  const candidates: number[] = [];
  const p: number[] = [];
  for (let one = 0; one < size; one++) {
    for (let other = 0; other < size; other++) {
      const difference = estimate.values[one]! - estimate.values[other]!;
      if (!(difference > 0) || difference < least * differenceError(estimate, one, other)) continue;
      candidates.push(one * size + other);
      p.push(evidence.oneSided(one, other));
    }
  }
  const adjusted = holmAdjusted(Float64Array.from(p), 2 * pairs);
  candidates.forEach((at, place) => {
    if (adjusted[place]! < 1 - level) above[at] = 1;
  });
  return above;
}
