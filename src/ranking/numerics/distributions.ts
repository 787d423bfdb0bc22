import { incompleteBeta, logGamma, upperGammaHalf } from '../../core/incomplete-functions.ts';

/** Probability that a standard normal variable is at most `x`, to about 1e-15 (via the incomplete gamma). */
export function normalProbability(x: number): number {
  if (x === 0) return 0.5;
  const half = (x * x) / 2;
  const tail = half > 700 ? 0 : 0.5 * upperGammaHalf(half);
  return x > 0 ? 1 - tail : tail;
}

/** The normal quantile, refined from a rational start by Halley's step. */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`a probability must lie between 0 and 1, not ${p}`);
  // Hastings' rational form, good to 4.5e-4; three Halley steps bring it to full precision.
  const tail = Math.min(p, 1 - p);
  const t = Math.sqrt(-2 * Math.log(tail));
  let x =
    t -
    (2.515517 + t * (0.802853 + t * 0.010328)) /
      (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
  for (let step = 0; step < 3; step++) {
    const error = tail - normalProbability(-x);
    const slope = Math.exp(-(x * x) / 2) / Math.sqrt(2 * Math.PI);
    const ratio = -error / slope;
    x += ratio / (1 - (ratio * x) / 2);
  }
  return p < 0.5 ? -x : x;
}

/** The quantile of Student's t with `degrees` of freedom; the normal one when they are infinite. */
export function studentQuantile(p: number, degrees: number): number {
  if (!(degrees <= NORMAL_DEGREES)) return normalQuantile(p);
  if (p === 0.5) return 0;
  if (p < 0.5) return -studentQuantile(1 - p, degrees);
  let low = 0;
  let high = 2;
  while (studentProbability(high, degrees) < p && high < 1e15) high *= 2;
  for (let step = 0; step < 200 && high - low > 1e-14 * high; step++) {
    const middle = (low + high) / 2;
    if (studentProbability(middle, degrees) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Probability that Student's t with `degrees` of freedom is at most `x`. */
export function studentProbability(x: number, degrees: number): number {
  return x > 0 ? 1 - studentTail(x, degrees) : studentTail(-x, degrees);
}

/** Beyond so many degrees of freedom t and normal differ by less than anything printed. */
const NORMAL_DEGREES = 1e6;

/** Probability that Student's t with `degrees` of freedom is at least `x`, exact far out too. */
export function studentTail(x: number, degrees: number): number {
  if (x < 0) return 1 - studentTail(-x, degrees);
  if (!(degrees <= NORMAL_DEGREES)) return normalProbability(-x);
  return 0.5 * incompleteBeta(degrees / (degrees + x * x), degrees / 2, 0.5);
}

/** Two-sided probability of |t| or more with `degrees` degrees of freedom. */
export function studentTwoSided(t: number, degrees: number): number {
  return 2 * studentTail(Math.abs(t), degrees);
}

/** Exact two-sided probability of a split as uneven as `a` to `b` of a fair coin; 1 for none. */
export function fairCoinTwoSided(a: number, b: number): number {
  if (a === b) return 1;
  const [low, total] = [Math.min(a, b), a + b];
  return Math.min(1, 2 * incompleteBeta(0.5, total - low, low + 1));
}

/** Probability of exactly `heads` heads in `total` throws of a fair coin. */
export function binomialHalfProbability(heads: number, total: number): number {
  const ways = logGamma(total + 1) - logGamma(heads + 1) - logGamma(total - heads + 1);
  return Math.exp(ways - total * Math.LN2);
}
