import { factorCholesky, invertCholesky } from '../numerics/cholesky.ts';
import type { TermRows } from './term-rows.ts';

/** Virtual half wins and half losses of each item, so that the strengths stay finite. */
const PRIOR = 0.5;
/** Virtual verdicts on the term, half for and half against. */
export const TERM_PRIOR = 1;

/** Strengths of all items and the coefficient of a term, fitted together. */
export interface StrengthsAndTerm {
  readonly strengths: Float64Array;
  readonly term: number;
  /** Inverse of the information, items first and the term last; null when it did not converge. */
  readonly inverse: Float64Array;
}

/**
 * Fits logit P(left wins) = θ_left - θ_right + γ z by Newton's method, ties as half a win. The
 * strengths are wanted only to be allowed for, so a weak prior keeps them finite.
 *
 * @returns null when Newton's method does not settle.
 */
export function fitStrengthsAndTerm(rows: TermRows, items: number): StrengthsAndTerm | null {
  const size = items + 1;
  const at = new Float64Array(size);
  for (let step = 0; step < 50; step++) {
    const { gradient, information } = slopeAt(rows, at, items);
    if (!factorCholesky(information, size)) return null;
    const inverse = invertCholesky(information, size);
    let largest = 0;
    const move = new Float64Array(size);
    for (let k = 0; k < size; k++) {
      for (let m = 0; m < size; m++) move[k]! += inverse[k * size + m]! * gradient[m]!;
      largest = Math.max(largest, Math.abs(move[k]!));
    }
    // A long step overshoots where the curve is flat.
    const damping = Math.min(1, 2 / largest);
    for (let k = 0; k < size; k++) at[k]! += damping * move[k]!;
    if (largest < 1e-10) return { strengths: at.subarray(0, items), term: at[items]!, inverse };
  }
  return null;
}

function slopeAt(
  rows: TermRows,
  at: Float64Array,
  items: number,
): { gradient: Float64Array; information: Float64Array } {
  const size = items + 1;
  const gradient = new Float64Array(size);
  const information = new Float64Array(size * size);
  for (let k = 0; k < size; k++) {
    const prior = k < items ? PRIOR : TERM_PRIOR;
    const p = logistic(at[k]!);
    gradient[k] = prior * (0.5 - p);
    information[k * size + k] = prior * p * (1 - p);
  }
  for (let row = 0; row < rows.count; row++) {
    const [left, right, z] = [rows.left[row]!, rows.right[row]!, rows.z[row]!];
    const p = logistic(at[left]! - at[right]! + at[items]! * z);
    const residual = rows.weight[row]! * (rows.outcome[row]! - p);
    const w = rows.weight[row]! * p * (1 - p);
    gradient[left]! += residual;
    gradient[right]! -= residual;
    gradient[items]! += z * residual;
    information[left * size + left]! += w;
    information[right * size + right]! += w;
    information[left * size + right]! -= w;
    information[right * size + left]! -= w;
    information[items * size + left]! += z * w;
    information[left * size + items]! += z * w;
    information[items * size + right]! -= z * w;
    information[right * size + items]! -= z * w;
    information[items * size + items]! += z * z * w;
  }
  return { gradient, information };
}

/** 1 / (1 + e^-x). */
export function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
