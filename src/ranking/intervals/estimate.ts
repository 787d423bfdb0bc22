/**
 * One way of telling how large the errors of an estimate are. Where an estimate has several, a claim
 * has to hold by each of them.
 */
export interface ErrorBand {
  /** What was taken as independent: a unit, or `model` for the votes as the fitted model draws them. */
  readonly unit: string;
  /** How many of them there are: clusters, or comparisons. */
  readonly count: number;
  /** Square, row by row, of the values relative to their mean. */
  readonly covariance: Float64Array;
  /** Degrees of freedom of Student's t; Infinity for the normal distribution. */
  readonly degreesOfFreedom: number;
  /** True where it only bounds differences of two items, not the interval of one. */
  readonly pairsOnly: boolean;
}

/**
 * Values of the items with their errors: what rank ranges, differences and probabilities of being best
 * are computed from. In units of log odds for the Bradley-Terry family, of the score otherwise.
 */
export interface Estimate {
  readonly items: readonly string[];
  /** Relative to the mean item. */
  readonly values: Float64Array;
  /** Square, row by row, of the values relative to their mean, by the unit of the ranking. */
  readonly covariance: Float64Array;
  /** Degrees of freedom of t: effective clusters - 1, or Infinity. */
  readonly degreesOfFreedom: number;
  /** Unit and number of its clusters; default comparisons. */
  readonly unit?: string | undefined;
  readonly count?: number | undefined;
  /** Further errors that every claim has to hold by. */
  readonly further?: readonly ErrorBand[] | undefined;
  /**
   * Exact probability of so many wins of `above` if it were not better than `below`, where one of them
   * has few votes; else null.
   */
  readonly exact?: ((above: number, below: number) => number | null) | undefined;
  /** Group of each item, where some groups never met: nothing is said of the order between groups. */
  readonly groups?: Int32Array | undefined;
}

/** All errors of an estimate, that by the unit of the ranking first. */
export function errorBands(estimate: Estimate): readonly ErrorBand[] {
  const { unit = 'comparison', count = 0, covariance, degreesOfFreedom, further = [] } = estimate;
  return [{ unit, count, covariance, degreesOfFreedom, pairsOnly: false }, ...further];
}

/** The same estimate in another unit: values times `factor`. */
export function scaleEstimate(estimate: Estimate, factor: number): Estimate {
  const scaled = (covariance: Float64Array) => covariance.map((value) => value * factor ** 2);
  return {
    ...estimate,
    values: estimate.values.map((value) => value * factor),
    covariance: scaled(estimate.covariance),
    further: estimate.further?.map((band) => ({ ...band, covariance: scaled(band.covariance) })),
  };
}

/** Standard error of the difference of two items. */
export function differenceError(
  { covariance }: Pick<ErrorBand, 'covariance'>,
  one: number,
  other: number,
): number {
  const size = Math.sqrt(covariance.length);
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
