/** A share with an interval that stays inside 0..1. */
export interface ShareInterval {
  readonly count: number;
  readonly of: number;
  /** Null for 0 / 0, as are the bounds; these are null too where too little is known for an interval. */
  readonly share: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * Wilson's score interval (1927) of a share seen in so many observations: it stays inside 0..1 and
 * holds for small counts.
 *
 * @param quantile of the normal distribution, or of Student's t.
 */
export function scoreBounds(
  share: number,
  of: number,
  quantile: number,
): { readonly low: number; readonly high: number } {
  const square = quantile * quantile;
  const middle = (share + square / (2 * of)) / (1 + square / of);
  const variance = (share * (1 - share)) / of + square / (4 * of * of);
  const half = (quantile * Math.sqrt(variance)) / (1 + square / of);
  const low = share === 0 ? 0 : Math.max(0, middle - half);
  return { low, high: share === 1 ? 1 : Math.min(1, middle + half) };
}
