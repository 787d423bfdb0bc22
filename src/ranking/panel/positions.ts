import type { PanelRanking, PanelRankings } from './panel-rankings.ts';
import { NumberedMeans } from './prompt-means.ts';

/** How the answer at a place of those shown was ranked. */
export interface PanelPosition {
  /** From 1. */
  readonly place: number;
  readonly meanRank: number;
}

/**
 * Mean rank of what was shown first, second and so on; without a pull of places all are about the same. Of rankings of as
 * many answers as most have: where fewer were shown there is no last place, and all ranks are lower.
 */
export function positionsOf({ rankings }: PanelRankings): PanelPosition[] {
  const means = new NumberedMeans();
  const usual = usualSize(rankings);
  for (const { prompt, ranks } of rankings) {
    if (ranks.length !== usual) continue;
    for (const [place, rank] of ranks.entries()) means.add(place, prompt, rank);
  }
  return means.numbers.map((place) => ({
    place: place + 1,
    meanRank: means.interval(place).value!,
  }));
}

/** The number of answers that most rankings have; the larger of equally common ones. */
function usualSize(rankings: readonly PanelRanking[]): number {
  const counts = new Map<number, number>();
  for (const { ranks } of rankings) counts.set(ranks.length, (counts.get(ranks.length) ?? 0) + 1);
  return [...counts].sort(([a, n], [b, m]) => m - n || b - a)[0]?.[0] ?? 0;
}
