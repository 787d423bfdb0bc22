/** Where a fixed-point iteration ended. */
export interface FixedPoint {
  readonly scores: Float64Array;
  readonly iterations: number;
  /** Largest change of a score in the last iteration, over the largest score. */
  readonly residual: number;
  readonly converged: boolean;
}

/** Repeats `advance` until no score changes by more than `tolerance` of the largest one. */
export function iterateToFixedPoint(
  start: Float64Array,
  options: { readonly tolerance: number; readonly iterationLimit: number },
  advance: (scores: Float64Array, next: Float64Array) => void,
): FixedPoint {
  let scores = start;
  let next = new Float64Array(start.length);
  let residual = 0;
  for (let iterations = 1; iterations <= options.iterationLimit; iterations++) {
    advance(scores, next);
    let change = 0;
    let largest = 0;
    for (let item = 0; item < next.length; item++) {
      change = Math.max(change, Math.abs(next[item]! - scores[item]!));
      largest = Math.max(largest, next[item]!);
    }
    [scores, next] = [next, scores as Float64Array<ArrayBuffer>];
    residual = largest > 0 ? change / largest : 0;
    if (residual <= options.tolerance) return { scores, iterations, residual, converged: true };
  }
  return { scores, iterations: options.iterationLimit, residual, converged: false };
}
