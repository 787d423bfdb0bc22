import type { Games } from '../input/games.ts';
import { verdictSlopes } from '../intervals/sandwich.ts';
import { type LikelihoodFit, rowGamesOf } from '../likelihood/fit-likelihood.ts';
import type { PreparedRanking } from '../rating/prepare-ranking.ts';
import { likelihoodOf } from './likelihood-of.ts';

/** Verdicts of one game and outcome (and weight): each has the same influence. */
export interface Removable {
  readonly cell: number;
  readonly weight: number;
  readonly count: number;
}

/** A number of verdicts of one kind that are taken away. */
export interface Removal {
  readonly kind: Removable;
  readonly count: number;
}

/** All kinds of verdicts there are. */
export function removableVotes(prepared: PreparedRanking): Removable[] {
  const likelihood = likelihoodOf(prepared);
  const { games } = likelihood.objective;
  const { weight, rows } = prepared.data.table;
  if (weight === null) {
    return Array.from(games.weight, (count, cell) => ({ cell, weight: 1, count })).filter(
      ({ count }) => count > 0,
    );
  }
  const rowGames = rowGamesOf(likelihood, prepared.data.table);
  return Array.from({ length: rows }, (_, row) => {
    const cell = 3 * rowGames.game[row]! + rowGames.outcome[row]!;
    return { cell, weight: weight[row]!, count: 1 };
  });
}

/** Weights of the games without some verdicts. */
export function weightsWithout(games: Games, removals: readonly Removal[]): Float64Array {
  const weight = games.weight.slice();
  for (const { kind, count } of removals) {
    weight[kind.cell] = Math.max(0, weight[kind.cell]! - count * kind.weight);
  }
  return weight;
}

/**
 * How much each kind of verdict, one of it, holds the first item above another: to first order
 * (H⁻¹ gradient) what its removal takes from their distance, by outcome of a game, for weight 1.
 */
export function influences(
  { objective }: Pick<LikelihoodFit, 'objective'>,
  parameters: Float64Array,
  inverse: Float64Array,
  first: number,
  challenger: number,
): Float64Array {
  const { games } = objective;
  const slopes = verdictSlopes(objective, parameters);
  const size = Math.sqrt(inverse.length);
  const pull = (parameter: number) =>
    inverse[parameter * size + first]! - inverse[parameter * size + challenger]!;
  const tied = games.items + games.covariateCount < size;
  const influence = new Float64Array(3 * games.count);
  for (let game = 0; game < games.count; game++) {
    let d = pull(games.first[game]!) - pull(games.second[game]!);
    for (let c = 0; c < games.covariateCount; c++) {
      d += pull(games.items + c) * games.covariates[game * games.covariateCount + c]!;
    }
    for (let cell = 3 * game; cell < 3 * game + 3; cell++) {
      influence[cell] = slopes.d[cell]! * d + (tied ? slopes.t[cell]! * pull(size - 1) : 0);
    }
  }
  return influence;
}
