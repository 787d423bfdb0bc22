import type { Ranking, RankOptions } from '../../src/ranking/index.ts';
import type { ComparisonTable } from '../../src/ranking/table/comparison-table.ts';
import { rankIfFinite } from './rank-if-finite.ts';

/** How often what is called sure is wrong, and how much is called sure. */
export interface ClaimErrors {
  /** Share of worlds in which any range leaves a true rank out. */
  readonly error: number;
  /** Share of the pairs that differ whose order is sure. */
  readonly power: number;
  /** Share of the intervals that hold the true rating, in worlds where all items are equal; else null. */
  readonly coverage: number | null;
  readonly worlds: number;
  /** Worlds without a finite fit; not counted above. */
  readonly refused: number;
}

/** Ranks every world, with the whole of `rank`, and counts what its ranges claim. */
export function measureClaims(
  worlds: number,
  draw: (seed: number) => { table: ComparisonTable; truth: readonly number[] },
  options: RankOptions,
): ClaimErrors {
  const sums = { wrong: 0, power: 0, held: 0, worlds: 0, refused: 0 };
  let equal = true;
  for (let seed = 1; seed <= worlds; seed++) {
    const { table, truth } = draw(seed);
    equal &&= truth.every((one) => one === truth[0]);
    const ranking = rankIfFinite(table, { ...options, seed });
    if (ranking === null || ranking.items.length < truth.length) {
      sums.refused++;
      continue;
    }
    sums.worlds++;
    if (leavesOut(ranking, truth)) sums.wrong++;
    sums.power += shareSure(ranking, truth);
    const held = ranking.items.filter(({ low, high }) => low! <= 1000 && 1000 <= high!);
    sums.held += held.length / ranking.items.length;
  }
  return {
    error: sums.wrong / sums.worlds,
    power: sums.power / sums.worlds,
    coverage: equal ? sums.held / sums.worlds : null,
    worlds: sums.worlds,
    refused: sums.refused,
  };
}

function strengthOf(item: string, truth: readonly number[]): number {
  return truth[Number(item.slice(1))]!;
}

function leavesOut({ items }: Ranking, truth: readonly number[]): boolean {
  return items.some(({ item, rankLow, rankHigh }) => {
    const own = strengthOf(item, truth);
    const best = 1 + truth.filter((other) => other > own).length;
    const worst = truth.filter((other) => other >= own).length;
    return rankLow! > best || rankHigh! < worst;
  });
}

/** Each sure pair moves the lower end of one item's range by 1. */
function shareSure({ items }: Ranking, truth: readonly number[]): number {
  const sure = items.reduce((sum, { rankLow }) => sum + rankLow! - 1, 0);
  const differ = truth.reduce((sum, own) => sum + truth.filter((one) => one > own).length, 0);
  return differ === 0 ? 0 : sure / differ;
}
