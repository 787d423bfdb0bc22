import type { PanelRanking } from './panel-rankings.ts';

/** Answers that several judges ranked: of one prompt, one round, and the same models. */
export interface RankedSet {
  readonly prompt: number;
  /** Ascending. */
  readonly models: readonly number[];
  readonly judges: readonly number[];
  /** Of each judge, in the order of `models`. */
  readonly ranks: readonly (readonly number[])[];
}

/** Puts the rankings of the same answers together; those of a prompt stay together. */
export function rankedSets(rankings: readonly PanelRanking[]): RankedSet[] {
  const sets = Map.groupBy(
    rankings,
    ({ prompt, round, models }) => `${prompt} ${round} ${ascending(models).join()}`,
  );
  return [...sets.values()].map((own) => {
    const models = ascending(own[0]!.models);
    return {
      prompt: own[0]!.prompt,
      models,
      judges: own.map(({ judge }) => judge),
      ranks: own.map((ranking) => {
        const rankOf = new Map(
          ranking.models.map((model, place) => [model, ranking.ranks[place]!]),
        );
        return models.map((model) => rankOf.get(model)!);
      }),
    };
  });
}

function ascending(models: readonly number[]): number[] {
  return models.toSorted((a, b) => a - b);
}
