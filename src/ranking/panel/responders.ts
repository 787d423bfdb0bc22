import type { PanelRankings } from './panel-rankings.ts';
import { NumberedMeans } from './prompt-means.ts';

/** How a model's answers were ranked. */
export interface PanelResponder {
  readonly model: string;
  /** 1 = best; with a t interval over prompts, which ends at the best and the worst rank that there can be. */
  readonly meanRank: number;
  readonly low: number | null;
  readonly high: number | null;
  /** How often it is first, and among the first two, in percent; ties are broken at random, on average. */
  readonly top1: number;
  readonly top2: number;
  /** Without the votes of the model on its own answers; null where there are no others. */
  readonly meanRankWithoutSelf: number | null;
}

/** Ranks of all models, the best first. */
export function respondersOf({ models, judges, rankings }: PanelRankings): PanelResponder[] {
  const [ranks, foreign, first, firstTwo] = Array.from({ length: 4 }, () => new NumberedMeans());
  for (const ranking of rankings) {
    const { prompt, judge } = ranking;
    const tied = Map.groupBy(ranking.ranks, (rank) => rank);
    for (const [place, model] of ranking.models.entries()) {
      const rank = ranking.ranks[place]!;
      ranks!.add(model, prompt, rank);
      if (models[model] !== judges[judge]) foreign!.add(model, prompt, rank);
      const size = tied.get(rank)!.length;
      first!.add(model, prompt, 100 * chanceOf(rank, size, 1));
      firstTwo!.add(model, prompt, 100 * chanceOf(rank, size, 2));
    }
  }
  return models
    .map((model, id) => {
      const { value, low, high } = ranks!.interval(id);
      return {
        model,
        meanRank: value!,
        low: low === null ? null : Math.max(1, low),
        high: high === null ? null : Math.min(models.length, high),
        top1: first!.interval(id).value!,
        top2: firstTwo!.interval(id).value!,
        meanRankWithoutSelf: foreign!.interval(id).value,
      };
    })
    .sort((a, b) => a.meanRank - b.meanRank || (a.model < b.model ? -1 : 1));
}

/** Chance that one of `size` models which share a mean rank is among the first `places`. */
function chanceOf(rank: number, size: number, places: number): number {
  const better = rank - (size + 1) / 2;
  return Math.min(size, Math.max(0, places - better)) / size;
}
