import { normalQuantile } from '../numerics/distributions.ts';

/** Area under the receiver operating characteristic, with a 95 % interval. */
export interface RocArea {
  /** Chance that a right answer has the higher confidence of a right and a wrong one; null where one of them lacks. */
  readonly auroc: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * The area with Newcombe's interval (2006, method 5): all areas θ from which the one that was seen is at most
 * z √V(θ) away, V being Hanley and McNeil's variance. It stays inside 0..1 and has bounds for 0 and 1 too.
 *
 * @param right and `wrong` are confidences of right and of wrong answers.
 */
export function rocArea(right: readonly number[], wrong: readonly number[]): RocArea {
  if (right.length === 0 || wrong.length === 0) return { auroc: null, low: null, high: null };
  const auroc = shareAbove(right, wrong);
  const z = normalQuantile(0.975);
  const distance = (area: number) => z * Math.sqrt(variance(area, right.length, wrong.length));
  const bound = (end: number) => {
    let [outside, inside] = [end, auroc];
    for (let step = 0; step < 60; step++) {
      const middle = (outside + inside) / 2;
      if (Math.abs(auroc - middle) > distance(middle)) outside = middle;
      else inside = middle;
    }
    return inside;
  };
  return { auroc, low: bound(0), high: bound(1) };
}

function variance(area: number, right: number, wrong: number): number {
  const pairs = (right + wrong) / 2 - 1;
  const spread = 1 + (pairs * (1 - area)) / (2 - area) + (pairs * area) / (1 + area);
  return (area * (1 - area) * spread) / (right * wrong);
}

/** Share of pairs of which the right one is higher; equal ones count half. */
function shareAbove(right: readonly number[], wrong: readonly number[]): number {
  const sorted = Float64Array.from(wrong).sort();
  let sum = 0;
  for (const value of right)
    sum += (countBelow(sorted, value, false) + countBelow(sorted, value, true)) / 2;
  return sum / (right.length * wrong.length);
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
