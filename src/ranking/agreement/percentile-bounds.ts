/** The value at `share` (0..1) of sorted values, interpolated linearly between neighbours. */
function quantileOfSorted(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (place - below) * (sorted[above]! - sorted[below]!);
}

/** The bounds that cut (1 - level) / 2 of the replicates off at each end. */
export function percentileBounds(replicates: Float64Array, level: number): [number, number] {
  const sorted = replicates.slice().sort();
  const tail = (1 - level) / 2;
  return [quantileOfSorted(sorted, tail), quantileOfSorted(sorted, 1 - tail)];
}
