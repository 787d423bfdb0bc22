import type { Clusters } from '../input/cluster-ids.ts';
import type { RatingData } from '../input/rating-data.ts';
import { type LikelihoodFit, rowGamesOf } from '../likelihood/fit-likelihood.ts';
import { evaluateObjective } from '../likelihood/objective.ts';
import { centreCovariance, multiply } from '../numerics/products.ts';
import { type SandwichInput, sandwichCovariance, verdictSlopes } from './sandwich.ts';
import type { LikelihoodErrors } from './unit-errors.ts';

/** The errors of a fit of the Bradley-Terry family. */
export function errorsOfLikelihood(data: RatingData, fit: LikelihoodFit): LikelihoodErrors {
  const inputs = new Map<boolean, SandwichInput>();
  return {
    finest: { name: 'comparison', count: data.table.rows, ids: null },
    items: data.table.items.length,
    by(clusters) {
      const alone = clusters.ids === null;
      const input = inputs.get(alone) ?? sandwichInput(data, fit, [clusters]);
      inputs.set(alone, input);
      return sandwichCovariance(input, clusters);
    },
    model: () => modelCovariance(fit),
  };
}

/**
 * The covariance if the model drew the votes: H⁻¹ (Σ w² I + P) H⁻¹, with the prior's P, which is H⁻¹ where
 * every row counts 1. Unlike the sandwich it does not become small where a few votes agree by chance.
 */
function modelCovariance({ objective, maximum, inverse }: LikelihoodFit): Float64Array {
  const { games } = objective;
  const size = maximum.parameters.length;
  const plain = games.squaredWeight === games.weight;
  const squared = { ...objective, games: { ...games, weight: games.squaredWeight } };
  const covariance = plain
    ? inverse.slice()
    : multiply(
        multiply(inverse, evaluateObjective(squared, maximum.parameters).information, size),
        inverse,
        size,
      );
  centreCovariance(covariance, size, games.items);
  return covariance;
}

/** What the sandwich and the influence values of a fit are made from. */
export function sandwichInput(
  data: RatingData,
  fit: LikelihoodFit,
  clusters: readonly Clusters[],
): SandwichInput {
  const byRow = clusters.every((one) => one.ids === null) && data.table.weight === null;
  return {
    games: fit.objective.games,
    slopes: verdictSlopes(fit.objective, fit.maximum.parameters),
    rowGames: byRow ? null : rowGamesOf(fit, data.table),
    weight: data.table.weight,
    inverse: fit.inverse,
  };
}
