import { ConnectionCertificate } from '../input/connection-certificate.ts';
import type { Games } from '../input/games.ts';
import { multiplyVector } from '../numerics/products.ts';
import { bradleyTerryOutcome } from './bradley-terry-outcome.ts';
import { centre, largestResidual, maximise, residualScale } from './newton.ts';
import { addGradient, gameDifference, type Objective } from './objective.ts';
import { logistic, type OutcomeModel } from './outcome-model.ts';

/** A refit of a resampled round. */
export interface Refit {
  /** Log strengths relative to their mean. */
  readonly logStrengths: Float64Array;
  /** True when there was no finite fit and a prior of 0.5 was used. */
  readonly degenerate: boolean;
}

/** Rounds stop at this residual: far below what resampling changes. */
const ROUND_TOLERANCE = 1e-7;
const FIXED_STEPS = 40;
const RESCUE_PRIOR = 0.5;

/** Refits the same model to other weights of the same games, many times. */
export class Refitter {
  readonly #objective: Objective;
  readonly #start: Float64Array;
  readonly #inverse: Float64Array;
  readonly #connection: ConnectionCertificate;

  /** @param inverse inverse information at `start`, kept fixed: each step is one product with it. */
  constructor(objective: Objective, start: Float64Array, inverse: Float64Array) {
    this.#objective = objective;
    this.#start = start;
    this.#inverse = inverse;
    this.#connection = new ConnectionCertificate(objective.games, objective.outcome.tieWeight > 0);
  }

  /** Fits to weights by `3 * game + outcome`. */
  refit(weight: Float64Array): Refit {
    const games: Games = { ...this.#objective.games, weight, squaredWeight: weight };
    const { outcome, prior } = this.#objective;
    const ties = tieShare(weight);
    const model =
      outcome.tieParameter && (ties === 0 || ties === 1) ? bradleyTerryOutcome(0.5) : outcome;
    const objective: Objective = { ...this.#objective, games, outcome: model };
    const finite =
      ties >= 0 &&
      !(outcome.tieParameter && ties === 1) &&
      (prior > 0 || this.#connection.holdsFor(weight));
    const fitted = finite ? (this.#fixedSteps(objective) ?? newtonSteps(objective)) : null;
    if (fitted !== null) return { logStrengths: this.#items(fitted), degenerate: false };
    const rescued = maximise({ ...objective, prior: Math.max(prior, RESCUE_PRIOR) });
    return { logStrengths: this.#items(rescued.parameters), degenerate: true };
  }

  #items(parameters: Float64Array): Float64Array {
    const items = parameters.slice(0, this.#objective.games.items);
    centre(items, items.length);
    return items;
  }

  /** Steps with the fixed inverse; null when they do not arrive. */
  #fixedSteps(objective: Objective): Float64Array | null {
    if (objective.outcome.tieParameter !== this.#objective.outcome.tieParameter) return null;
    const scale = residualScale(objective);
    const parameters = this.#start.slice();
    const step = new Float64Array(parameters.length);
    const gradient = new Float64Array(parameters.length);
    let last = Number.POSITIVE_INFINITY;
    for (let iteration = 0; iteration < FIXED_STEPS; iteration++) {
      fastGradient(objective, parameters, gradient);
      const residual = largestResidual(gradient, scale);
      if (residual <= ROUND_TOLERANCE) return parameters;
      if (!(residual < 1.5 * last)) return null;
      last = residual;
      multiplyVector(this.#inverse, gradient, step);
      for (let i = 0; i < step.length; i++) parameters[i]! += step[i]!;
      if (objective.outcome.tieParameter && !(parameters.at(-1)! > objective.outcome.tieAbove)) {
        return null;
      }
    }
    return null;
  }
}

function newtonSteps(objective: Objective): Float64Array | null {
  const maximum = maximise(objective, { tolerance: ROUND_TOLERANCE });
  return maximum.converged ? maximum.parameters : null;
}

/** Share of the weight that is ties; -1 without any weight. */
function tieShare(weight: Float64Array): number {
  let tied = 0;
  let all = 0;
  for (let cell = 0; cell < weight.length; cell++) {
    all += weight[cell]!;
    if (cell % 3 === 2) tied += weight[cell]!;
  }
  return all > 0 ? tied / all : -1;
}

/** The gradient of the objective with one exponential an item and none a game. */
function fastGradient(
  objective: Objective,
  parameters: Float64Array,
  gradient: Float64Array,
): void {
  const { games, outcome, prior, ridge } = objective;
  gradient.fill(0);
  const s = new Float64Array(games.items);
  for (let item = 0; item < games.items; item++) s[item] = Math.exp(parameters[item]!);
  const tie = outcome.tieParameter ? outcome.tieOf(parameters[parameters.length - 1]!) : 0;
  const slope = new Float64Array(2);
  const { weight, first, second, covariateCount } = games;
  for (let game = 0; game < games.count; game++) {
    const cell = 3 * game;
    const ratio =
      covariateCount === 0
        ? s[first[game]!]! / s[second[game]!]!
        : Math.exp(gameDifference(games, game, parameters));
    addSlope(outcome, ratio, tie, weight, cell, slope);
    if (covariateCount > 0) {
      addGradient(gradient, games, game, slope[0]!, slope[1]!);
    } else {
      gradient[first[game]!]! += slope[0]!;
      gradient[second[game]!]! -= slope[0]!;
      if (outcome.tieParameter) gradient[gradient.length - 1]! += slope[1]!;
    }
  }
  for (let item = 0; item < games.items && prior > 0; item++) {
    gradient[item]! += prior * (0.5 - logistic(parameters[item]!));
  }
  for (let c = games.items; c < games.items + covariateCount && ridge > 0; c++) {
    gradient[c]! -= ridge * parameters[c]!;
  }
}

function addSlope(
  outcome: OutcomeModel,
  ratio: number,
  tie: number,
  weight: Float64Array,
  cell: number,
  slope: Float64Array,
): void {
  outcome.slope(ratio, tie, weight[cell]!, weight[cell + 1]!, weight[cell + 2]!, slope);
}
