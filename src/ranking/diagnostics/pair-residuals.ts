import { TIED, WON } from '../input/games.ts';
import { PairIndex } from '../input/pair-index.ts';
import { gameDifference } from '../likelihood/objective.ts';
import { type OutcomePoint, outcomePoint } from '../likelihood/outcome-model.ts';
import type { PreparedRanking } from '../rating/prepare-ranking.ts';
import { likelihoodOf } from './likelihood-of.ts';

/** Score residuals of the pairs of items that met. */
export interface PairResiduals {
  /** Pair of each game of the fit, and 1 or -1 where its first item is the pair's first or second. */
  readonly pairOfGame: Uint32Array;
  readonly signOfGame: Int8Array;
  readonly first: Uint32Array;
  readonly second: Uint32Array;
  /** Observed and expected score of the pair's first item, a tie half. */
  readonly observed: Float64Array;
  readonly expected: Float64Array;
  /** Slope of the likelihood in the pair's difference: observed - expected, but for `rao-kupper`. */
  readonly residual: Float64Array;
  /** Variance of that under the model, the strengths taken as known. */
  readonly variance: Float64Array;
  readonly comparisons: Float64Array;
}

/** A pair whose results the model explains badly. */
export interface ResidualPair {
  readonly item: string;
  readonly other: string;
  readonly comparisons: number;
  /** Observed and expected score of `item` (a tie half). */
  readonly observed: number;
  readonly expected: number;
  /** (Observed - expected) over its standard deviation under the model; `item` did better. */
  readonly standardised: number;
}

/** Compares observed and expected scores pair by pair. */
export function pairResiduals(prepared: PreparedRanking): PairResiduals {
  const { objective, maximum } = likelihoodOf(prepared);
  const { games, outcome } = objective;
  const index = new PairIndex(games.items);
  const pairOfGame = new Uint32Array(games.count);
  const signOfGame = new Int8Array(games.count);
  for (let game = 0; game < games.count; game++) {
    const [one, other] = [games.first[game]!, games.second[game]!];
    pairOfGame[game] = index.idOf(Math.min(one, other), Math.max(one, other));
    signOfGame[game] = one < other ? 1 : -1;
  }
  const observed = new Float64Array(index.count);
  const expected = new Float64Array(index.count);
  const residual = new Float64Array(index.count);
  const variance = new Float64Array(index.count);
  const comparisons = new Float64Array(index.count);
  const point = outcomePoint();
  const tau = outcome.tieParameter ? maximum.parameters.at(-1)! : 0;
  for (let game = 0; game < games.count; game++) {
    outcome.evaluate(gameDifference(games, game, maximum.parameters), tau, point);
    const pair = pairOfGame[game]!;
    const score = expectedScore(point, outcome.tieParameter);
    const share = signOfGame[game]! > 0 ? score : 1 - score;
    const square = meanSquare(point);
    for (let kind = WON; kind <= TIED; kind++) {
      const weight = games.weight[3 * game + kind]!;
      if (weight === 0) continue;
      residual[pair]! += signOfGame[game]! * weight * point.d[kind]!;
      variance[pair]! += weight * (outcome.tieParameter ? square : point.dd[kind]!);
      comparisons[pair]! += weight;
      expected[pair]! += weight * share;
      const points = kind === TIED ? 0.5 : (kind === WON) === signOfGame[game]! > 0 ? 1 : 0;
      observed[pair]! += weight * points;
    }
  }
  return {
    pairOfGame,
    signOfGame,
    ...index.members(),
    observed,
    expected,
    residual,
    variance,
    comparisons,
  };
}

/** The pairs with the largest standardised residuals, worst first. */
export function worstPairs(prepared: PreparedRanking, count = 10): ResidualPair[] {
  const residuals = pairResiduals(prepared);
  const { first, second, observed, expected, residual, variance, comparisons } = residuals;
  const { items } = prepared.data.table;
  const standardised = residual.map((value, pair) =>
    variance[pair]! > 0 ? value / Math.sqrt(variance[pair]!) : 0,
  );
  return [...standardised.keys()]
    .sort((a, b) => Math.abs(standardised[b]!) - Math.abs(standardised[a]!))
    .slice(0, count)
    .map((pair) => {
      const ahead = standardised[pair]! >= 0;
      const own = (scores: Float64Array) =>
        ahead ? scores[pair]! : comparisons[pair]! - scores[pair]!;
      return {
        item: items[(ahead ? first : second)[pair]!]!,
        other: items[(ahead ? second : first)[pair]!]!,
        comparisons: comparisons[pair]!,
        observed: own(observed),
        expected: own(expected),
        standardised: Math.abs(standardised[pair]!),
      };
    });
}

function expectedScore({ logProbability }: OutcomePoint, withTies: boolean): number {
  return Math.exp(logProbability[WON]!) + (withTies ? Math.exp(logProbability[TIED]!) / 2 : 0);
}

/** Variance of the slope of one comparison, for a model whose three probabilities sum to 1. */
function meanSquare({ logProbability, d }: OutcomePoint): number {
  return d.reduce((sum, slope, kind) => sum + Math.exp(logProbability[kind]!) * slope * slope, 0);
}
