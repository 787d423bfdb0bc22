import type { Random } from '../../core/clock.ts';
import { seededRandom } from '../../core/seeded-random.ts';
import { semidefiniteRoot } from './cholesky.ts';

/** Standard normal numbers by Marsaglia's polar method. */
export function normalSource(random: Random): () => number {
  let spare = Number.NaN;
  return () => {
    if (!Number.isNaN(spare)) {
      const value = spare;
      spare = Number.NaN;
      return value;
    }
    for (;;) {
      const x = 2 * random() - 1;
      const y = 2 * random() - 1;
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const factor = Math.sqrt((-2 * Math.log(square)) / square);
      spare = y * factor;
      return x * factor;
    }
  };
}

/** Numbers of a gamma distribution of shape above 0 and scale 1 (Marsaglia and Tsang 2000). */
function gammaDraw(shape: number, random: Random, normal: () => number): number {
  if (shape < 1) return gammaDraw(shape + 1, random, normal) * random() ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal();
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    if (Math.log(1 - random()) < (x * x) / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}

const DIFFERENCES_IN_ALL = 40_000_000;

/** How many draws are worth their time: 4,000, fewer above 140 items, 2,000 for 200. */
export function usualDraws(items: number): number {
  return Math.max(500, Math.min(4000, Math.floor((2 * DIFFERENCES_IN_ALL) / items ** 2)));
}

/** A covariance with the degrees of freedom of the t that goes with it. */
export interface DrawnErrors {
  readonly covariance: Float64Array;
  readonly degreesOfFreedom: number;
}

/**
 * Draws errors: multivariate t around 0 with the covariance as scale matrix (normal when the degrees of
 * freedom are infinite). `draws` rows of one number for each item.
 */
export function errorDraws(
  { covariance, degreesOfFreedom: degrees }: DrawnErrors,
  seed: number,
  draws: number,
): Float64Array {
  const size = Math.sqrt(covariance.length);
  const root = semidefiniteRoot(covariance, size);
  const random = seededRandom(seed, 0x7a9c);
  const normal = normalSource(random);
  const heavy = degrees < 10_000;
  const result = new Float64Array(draws * size);
  const noise = new Float64Array(size);
  for (let draw = 0; draw < draws; draw++) {
    for (let i = 0; i < size; i++) noise[i] = normal();
    const scale = heavy ? Math.sqrt(degrees / (2 * gammaDraw(degrees / 2, random, normal))) : 1;
    for (let row = 0; row < size; row++) {
      let sum = 0;
      for (let k = 0; k <= row; k++) sum += root[row * size + k]! * noise[k]!;
      result[draw * size + row] = sum * scale;
    }
  }
  return result;
}
