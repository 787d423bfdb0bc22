/**
 * Clusters vectors by average linkage: the two clusters whose members are nearest on average, by cosine distance, become
 * one as long as that is not more than `cut`. With n vectors it takes in the order of n³ steps.
 *
 * @returns the numbers of the vectors by cluster, the largest cluster first; of equal ones that of the first vector
 */
export function averageLinkage(vectors: readonly (readonly number[])[], cut: number): number[][] {
  const distances = vectors.map((a) => vectors.map((b) => cosineDistance(a, b)));
  const between = (left: readonly number[], right: readonly number[]) => {
    let sum = 0;
    for (const a of left) for (const b of right) sum += distances[a]![b]!;
    return sum / (left.length * right.length);
  };
  let clusters = vectors.map((_, at) => [at]);
  for (;;) {
    let nearest:
      | { readonly pair: readonly [number, number]; readonly distance: number }
      | undefined;
    for (let a = 0; a < clusters.length; a++) {
      for (let b = a + 1; b < clusters.length; b++) {
        const distance = between(clusters[a]!, clusters[b]!);
        if (distance > cut || distance >= (nearest?.distance ?? Number.POSITIVE_INFINITY)) continue;
        nearest = { pair: [a, b], distance };
      }
    }
    if (nearest === undefined) break;
    const [a, b] = nearest.pair;
    const joined = [...clusters[a]!, ...clusters[b]!].sort((x, y) => x - y);
    clusters = clusters
      .map((cluster, at) => (at === a ? joined : cluster))
      .filter((_, at) => at !== b);
  }
  return clusters.sort((a, b) => b.length - a.length || a[0]! - b[0]!);
}

/** 1 less the cosine of the angle between two vectors, 0 to 2; 1 where one has no length. */
function cosineDistance(a: readonly number[], b: readonly number[]): number {
  let [product, lengthA, lengthB] = [0, 0, 0];
  for (let at = 0; at < a.length; at++) {
    product += a[at]! * b[at]!;
    lengthA += a[at]! ** 2;
    lengthB += b[at]! ** 2;
  }
  const lengths = Math.sqrt(lengthA) * Math.sqrt(lengthB);
  return lengths === 0 ? 1 : 1 - Math.max(-1, Math.min(1, product / lengths));
}
