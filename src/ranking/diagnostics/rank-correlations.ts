/** How far two rankings of the same items agree; each is 1 for the same order, null when one is constant. */
export interface RankCorrelations {
  /** Kendall's tau-b: concordant minus discordant pairs, corrected for ties. */
  readonly kendall: number | null;
  /** Spearman's rho: Pearson's correlation of mid-ranks. */
  readonly spearman: number | null;
  /** Pearson's correlation of the rank columns as they are (1, 2, 2, 4). */
  readonly pearson: number | null;
}

/** Correlates two columns of ranks of the same items, in the same order. */
export function rankCorrelations(
  one: readonly number[],
  other: readonly number[],
): RankCorrelations {
  return {
    kendall: kendallTauB(one, other),
    spearman: pearson(midRanks(one), midRanks(other)),
    pearson: pearson(one, other),
  };
}

function kendallTauB(one: readonly number[], other: readonly number[]): number | null {
  let agreement = 0;
  let pairsOne = 0;
  let pairsOther = 0;
  for (let i = 0; i < one.length; i++) {
    for (let j = 0; j < i; j++) {
      const a = Math.sign(one[i]! - one[j]!);
      const b = Math.sign(other[i]! - other[j]!);
      agreement += a * b;
      pairsOne += a * a;
      pairsOther += b * b;
    }
  }
  return pairsOne * pairsOther === 0 ? null : agreement / Math.sqrt(pairsOne * pairsOther);
}

function midRanks(values: readonly number[]): number[] {
  return values.map((value) => {
    let below = 0;
    let equal = 0;
    for (const one of values) {
      if (one < value) below++;
      else if (one === value) equal++;
    }
    return below + (equal + 1) / 2;
  });
}

function pearson(one: readonly number[], other: readonly number[]): number | null {
  const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
  const [meanOne, meanOther] = [mean(one), mean(other)];
  let product = 0;
  let squareOne = 0;
  let squareOther = 0;
  one.forEach((x, i) => {
    product += (x - meanOne) * (other[i]! - meanOther);
    squareOne += (x - meanOne) ** 2;
    squareOther += (other[i]! - meanOther) ** 2;
  });
  return squareOne * squareOther === 0 ? null : product / Math.sqrt(squareOne * squareOther);
}
