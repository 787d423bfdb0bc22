/**
 * Values of the items with their covariance: what rank ranges, differences and probabilities of being
 * best are computed from. In units of log odds for the Bradley-Terry family, of the score otherwise.
 */
export interface Estimate {
  readonly items: readonly string[];
  /** Relative to the mean item. */
  readonly values: Float64Array;
  /** Square, row by row, of the values relative to their mean. */
  readonly covariance: Float64Array;
  /** Degrees of freedom of t: clusters - 1, or Infinity. */
  readonly degreesOfFreedom: number;
}

/** Standard error of the difference of two items. */
export function differenceError(
  { covariance, items }: Estimate,
  one: number,
  other: number,
): number {
  const size = items.length;
  const variance =
    covariance[one * size + one]! +
    covariance[other * size + other]! -
    2 * covariance[one * size + other]!;
  return Math.sqrt(Math.max(0, variance));
}

/** Copies the upper left corner of a square matrix. */
export function corner(matrix: Float64Array, size: number): Float64Array {
  const full = Math.sqrt(matrix.length);
  const result = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    result.set(matrix.subarray(row * full, row * full + size), row * size);
  }
  return result;
}
