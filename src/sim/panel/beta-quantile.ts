import { incompleteBeta } from '../../core/incomplete-functions.ts';

const HALVINGS = 52;

/** The quantile of the Beta distribution with parameters a and b, by halving; `share` from 0 to 1. */
export function betaQuantile(share: number, a: number, b: number): number {
  let low = 0;
  let high = 1;
  for (let step = 0; step < HALVINGS; step++) {
    const middle = (low + high) / 2;
    if (incompleteBeta(middle, a, b) < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
