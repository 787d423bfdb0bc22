import { logistic } from '../agreement/nuisance-strengths.ts';
import type { TermRows } from '../agreement/term-rows.ts';
import { factorCholesky, invertCholesky } from '../numerics/cholesky.ts';

/** Strengths as far as they can be known: pulled to their mean, as unlike as the votes show them to be. */
export interface ShrunkStrengths {
  readonly strengths: Float64Array;
  /** Their covariance, items x items. */
  readonly covariance: Float64Array;
  /** 1 / variance of the strengths of all items. */
  readonly precision: number;
}

const [MIN_PRECISION, MAX_PRECISION] = [1e-3, 1e3];
const ROUNDS = 3;

/**
 * Fits Bradley-Terry with strengths that are normal around 0, and their variance with them (EM: the
 * variance is the mean of θ² + Var θ). A few votes do not make an item look strong or weak this way.
 *
 * @throws RangeError when Newton's method does not settle, which a normal prior does not let happen.
 */
export function shrunkStrengths(rows: TermRows, items: number): ShrunkStrengths {
  let found = fit(rows, items, 1, new Float64Array(items));
  for (let round = 0; round < ROUNDS; round++) {
    let squares = 0;
    for (let item = 0; item < items; item++) {
      squares += found.strengths[item]! ** 2 + found.covariance[item * items + item]!;
    }
    const precision = Math.min(MAX_PRECISION, Math.max(MIN_PRECISION, items / squares));
    if (Math.abs(precision - found.precision) < 0.05 * precision) break;
    found = fit(rows, items, precision, found.strengths);
  }
  return found;
}

function fit(
  rows: TermRows,
  items: number,
  precision: number,
  start: Float64Array,
): ShrunkStrengths {
  const strengths = start.slice();
  for (let step = 0; step < 60; step++) {
    const { gradient, information } = slopeAt(rows, strengths, precision);
    if (!factorCholesky(information, items)) break;
    const covariance = invertCholesky(information, items);
    const move = new Float64Array(items);
    let largest = 0;
    for (let k = 0; k < items; k++) {
      for (let m = 0; m < items; m++) move[k]! += covariance[k * items + m]! * gradient[m]!;
      largest = Math.max(largest, Math.abs(move[k]!));
    }
    // A long step overshoots where the curve is flat.
    const damping = Math.min(1, 2 / largest);
    for (let k = 0; k < items; k++) strengths[k]! += damping * move[k]!;
    if (largest < 1e-8) return { strengths, covariance, precision };
  }
  throw new RangeError('a fit with a normal prior did not settle');
}

function slopeAt(rows: TermRows, strengths: Float64Array, precision: number) {
  const items = strengths.length;
  const gradient = strengths.map((strength) => -precision * strength);
  const information = new Float64Array(items * items);
  for (let item = 0; item < items; item++) information[item * items + item] = precision;
  for (let row = 0; row < rows.count; row++) {
    const [left, right] = [rows.left[row]!, rows.right[row]!];
    const p = logistic(strengths[left]! - strengths[right]!);
    const residual = rows.weight[row]! * (rows.outcome[row]! - p);
    gradient[left]! += residual;
    gradient[right]! -= residual;
    addInformation(information, items, left, right, rows.weight[row]! * p * (1 - p));
  }
  return { gradient, information };
}

/** Adds what a comparison of two items tells about all strengths: w (e_a - e_b)(e_a - e_b)ᵀ. */
export function addInformation(
  information: Float64Array,
  items: number,
  a: number,
  b: number,
  w: number,
): void {
  information[a * items + a]! += w;
  information[b * items + b]! += w;
  information[a * items + b]! -= w;
  information[b * items + a]! -= w;
}
