import type { PanelRankings } from './panel-rankings.ts';
import { NumberedMeans } from './prompt-means.ts';

/** How the answer at a place of those shown was ranked. */
export interface PanelPosition {
  /** From 1. */
  readonly place: number;
  readonly meanRank: number;
}

/** Mean rank of what was shown first, second and so on; without a pull of places all are about the same. */
export function positionsOf({ rankings }: PanelRankings): PanelPosition[] {
  const means = new NumberedMeans();
  for (const { prompt, ranks } of rankings) {
    for (const [place, rank] of ranks.entries()) means.add(place, prompt, rank);
  }
  return means.numbers.map((place) => ({
    place: place + 1,
    meanRank: means.interval(place).value!,
  }));
}
