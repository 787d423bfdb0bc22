import { incompleteBeta } from '../numerics/incomplete-functions.ts';

/** Two-sided probability of |t| or more with `degrees` degrees of freedom. */
export function studentTwoSided(t: number, degrees: number): number {
  return incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5);
}

/** Exact two-sided probability of a split as uneven as `a` to `b` of a fair coin; 1 for none. */
export function fairCoinTwoSided(a: number, b: number): number {
  if (a === b) return 1;
  const [low, total] = [Math.min(a, b), a + b];
  return Math.min(1, 2 * incompleteBeta(0.5, total - low, low + 1));
}
