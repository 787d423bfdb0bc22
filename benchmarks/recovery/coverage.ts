import type { Ranking, RankOptions } from '../../src/ranking/index.ts';
import type { ComparisonTable } from '../../src/ranking/table/comparison-table.ts';
import { rankIfFinite } from './rank-if-finite.ts';

const SCALE = 400 / Math.LN10;

/** How often intervals held the truth. */
export interface Coverage {
  /** Share of items whose interval holds their true rating, pooled over worlds. */
  coverage: number;
  /** Share of worlds in which every item's true ranks lie in its range. */
  ranksCovered: number;
  /** Mean width of the intervals in points. */
  width: number;
  worlds: number;
  /** Worlds without a finite fit, or with too many degenerate rounds: not counted above. */
  refused: number;
}

/** Rates every world and counts what the intervals hold. */
export function measureCoverage(
  worlds: number,
  draw: (seed: number) => { table: ComparisonTable; truth: readonly number[] },
  options: RankOptions,
): Coverage {
  const sums = { held: 0, items: 0, ranks: 0, width: 0, worlds: 0, refused: 0 };
  for (let seed = 1; seed <= worlds; seed++) {
    const { table, truth } = draw(seed);
    const ranking = rankIfFinite(table, { ...options, seed });
    if (ranking === null || ranking.items.length < truth.length || ranking.items[0]!.low === null) {
      sums.refused++;
      continue;
    }
    for (const { item, low, high } of ranking.items) {
      const rating = 1000 + SCALE * truth[Number(item.slice(1))]!;
      if (low! <= rating && rating <= high!) sums.held++;
      sums.width += high! - low!;
      sums.items++;
    }
    if (holdsRanks(ranking, truth)) sums.ranks++;
    sums.worlds++;
  }
  return {
    coverage: sums.held / sums.items,
    ranksCovered: sums.ranks / sums.worlds,
    width: sums.width / sums.items,
    worlds: sums.worlds,
    refused: sums.refused,
  };
}

function holdsRanks({ items }: Ranking, truth: readonly number[]): boolean {
  return items.every(({ item, rankLow, rankHigh }) => {
    const own = truth[Number(item.slice(1))]!;
    const best = 1 + truth.filter((other) => other > own + 1e-12).length;
    const worst = truth.filter((other) => other >= own - 1e-12).length;
    return rankLow! <= best && worst <= rankHigh!;
  });
}
