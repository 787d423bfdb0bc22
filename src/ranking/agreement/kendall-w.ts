/** Concordance of several rankings of the same items. */
export interface KendallW {
  /** 1 when all rankings are the same, 0 when nothing is in common; null when it is undefined. */
  readonly w: number | null;
  readonly rankings: number;
  readonly items: number;
}

/**
 * Kendall's coefficient of concordance with correction for ties:
 * W = 12 S / (m² (n³ - n) - m ΣT), S = sum of squared deviations of the rank sums, T = Σ (t³ - t)
 * over groups of t tied items (Kendall and Babington Smith 1939).
 *
 * @param ranks rankings x items, 1 = best, tied items share their mean rank.
 */
export function kendallW(ranks: readonly (readonly number[])[]): KendallW {
  const [rankings, items] = [ranks.length, ranks[0]?.length ?? 0];
  if (rankings < 2 || items < 2) return { w: null, rankings, items };
  const sums = new Float64Array(items);
  let ties = 0;
  for (const ranking of ranks) {
    for (const [item, rank] of ranking.entries()) sums[item]! += rank;
    for (const tied of Map.groupBy(ranking, (rank) => rank).values()) {
      ties += tied.length ** 3 - tied.length;
    }
  }
  const mean = sums.reduce((sum, value) => sum + value, 0) / items;
  const deviation = sums.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const largest = rankings ** 2 * (items ** 3 - items) - rankings * ties;
  if (largest <= 0) return { w: null, rankings, items };
  return { w: (12 * deviation) / largest, rankings, items };
}
