import { scoreBounds } from '../agreement/wilson.ts';
import { normalQuantile, studentQuantile } from '../numerics/distributions.ts';
import { momentsOf } from '../paired/unit-mean.ts';

/** Area under the receiver operating characteristic, with a 95 % interval. */
export interface RocArea {
  /** Chance that a right answer has the higher confidence of a right and a wrong one; null where one of them lacks. */
  readonly auroc: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

interface Bounds {
  readonly low: number;
  readonly high: number;
}

const UPPER = 0.975;
/** Of fewer right or fewer wrong answers the spread is too little known to be trusted where it is small. */
const FEW = 10;

/**
 * The area with an interval from the spread of the answers' own areas (DeLong, DeLong and Clarke-Pearson 1988), which
 * needs no shape of confidences: Wilson's, of as many observations as the area is worth, A(1 - A) / V, with t and the
 * degrees of freedom of Brunner and Munzel (2000). Where one kind has fewer than ten answers it is at least as wide as
 * Newcombe's, and is that one where V is 0 or unknown.
 *
 * @param right and `wrong` are confidences of right and of wrong answers.
 */
export function rocArea(right: readonly number[], wrong: readonly number[]): RocArea {
  if (right.length === 0 || wrong.length === 0) return { auroc: null, low: null, high: null };
  const ofRight = sharesBelow(right, wrong);
  const auroc = momentsOf(ofRight).mean;
  const own = spreadBounds(auroc, ofRight, sharesBelow(wrong, right));
  if (own !== null && Math.min(right.length, wrong.length) >= FEW) return { auroc, ...own };
  const { low, high } = newcombeBounds(auroc, right.length, wrong.length);
  if (own === null) return { auroc, low, high };
  return { auroc, low: Math.min(low, own.low), high: Math.max(high, own.high) };
}

/** Null where there is no spread, or one value of a kind. */
function spreadBounds(auroc: number, ofRight: Float64Array, ofWrong: Float64Array): Bounds | null {
  if (ofRight.length < 2 || ofWrong.length < 2) return null;
  const parts = [ofRight, ofWrong].map(
    (shares) => momentsOf(shares).deviation ** 2 / shares.length,
  );
  const variance = parts[0]! + parts[1]!;
  if (variance === 0) return null;
  const degrees =
    variance ** 2 / (parts[0]! ** 2 / (ofRight.length - 1) + parts[1]! ** 2 / (ofWrong.length - 1));
  const worth = (auroc * (1 - auroc)) / variance;
  return scoreBounds(auroc, worth, studentQuantile(UPPER, degrees));
}

/**
 * Newcombe's interval (2006, method 5): all areas θ from which the one that was seen is at most z √V(θ) away, V being
 * Hanley and McNeil's variance for confidences of one shape.
 */
function newcombeBounds(auroc: number, right: number, wrong: number): Bounds {
  const z = normalQuantile(UPPER);
  const bound = (end: number) => {
    let [outside, inside] = [end, auroc];
    for (let step = 0; step < 60; step++) {
      const middle = (outside + inside) / 2;
      const isOutside = Math.abs(auroc - middle) > z * Math.sqrt(variance(middle, right, wrong));
      if (isOutside) outside = middle;
      else inside = middle;
    }
    return inside;
  };
  return { low: bound(0), high: bound(1) };
}

function variance(area: number, right: number, wrong: number): number {
  const pairs = (right + wrong) / 2 - 1;
  const spread = 1 + (pairs * (1 - area)) / (2 - area) + (pairs * area) / (1 + area);
  return (area * (1 - area) * spread) / (right * wrong);
}

/** Of each value the share of others below it; equal ones count half. */
function sharesBelow(values: readonly number[], others: readonly number[]): Float64Array {
  const sorted = Float64Array.from(others).sort();
  return Float64Array.from(
    values,
    (value) =>
      (countBelow(sorted, value, false) + countBelow(sorted, value, true)) / 2 / sorted.length,
  );
}

/** Numbers of a sorted list that are below a value, or at most it. */
function countBelow(sorted: Float64Array, value: number, orEqual: boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const isBelow = orEqual ? sorted[middle]! <= value : sorted[middle]! < value;
    if (isBelow) low = middle + 1;
    else high = middle;
  }
  return low;
}
