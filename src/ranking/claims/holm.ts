/**
 * Holm's adjustment (1979) for claims with a direction: of `hypotheses` one-sided ones, two for each pair,
 * the k-th smallest p-value is multiplied by (hypotheses - k + 1), and none is smaller than the one before.
 * Rejecting what is below α keeps the probability of any wrong claim at α whatever depends on what.
 *
 * @param p the smaller one-sided p-value of each pair; that of the other direction is never rejected.
 * @param hypotheses default two for each pair.
 * @returns adjusted p-values, at most 1, in the order given.
 */
export function holmAdjusted(p: Float64Array, hypotheses = 2 * p.length): Float64Array {
  const order = Uint32Array.from(p.keys()).sort((a, b) => p[a]! - p[b]!);
  const adjusted = new Float64Array(p.length);
  let largest = 0;
  order.forEach((at, place) => {
    largest = Math.max(largest, Math.min(1, p[at]! * (hypotheses - place)));
    adjusted[at] = largest;
  });
  return adjusted;
}
