import { type Games, LOST, TIED, WON } from '../input/games.ts';
import { logistic, type OutcomeModel, outcomePoint, softplus } from './outcome-model.ts';

/**
 * What is maximised. The parameters are one list: log strengths of the items, coefficients of the
 * covariates, then τ where ties have a parameter.
 */
export interface Objective {
  readonly games: Games;
  readonly outcome: OutcomeModel;
  /** K: every item wins K/2 and loses K/2 against a fixed item of log strength 0. */
  readonly prior: number;
  /** λ: subtracts λ/2 γ² for each coefficient of a covariate. */
  readonly ridge: number;
}

/** The objective and its derivatives at one place. */
export interface ObjectiveValue {
  readonly logLikelihood: number;
  readonly gradient: Float64Array;
  /** Minus the second derivatives, square, row by row. */
  readonly information: Float64Array;
}

/** Number of parameters of an objective. */
export function parameterCount(objective: Objective): number {
  const { games, outcome } = objective;
  return games.items + games.covariateCount + (outcome.tieParameter ? 1 : 0);
}

/** Adds `dd x xᵀ + dt (x tᵀ + t xᵀ) + tt t tᵀ` for a game's x = e_first - e_second + covariates and t = e_τ. */
export function addGame(
  matrix: Float64Array,
  size: number,
  games: Games,
  game: number,
  values: { readonly dd: number; readonly dt: number; readonly tt: number },
): void {
  const { items, covariateCount } = games;
  const first = games.first[game]!;
  const second = games.second[game]!;
  const { dd, dt, tt } = values;
  matrix[first * size + first]! += dd;
  matrix[second * size + second]! += dd;
  matrix[first * size + second]! -= dd;
  matrix[second * size + first]! -= dd;
  for (let c = 0; c < covariateCount; c++) {
    const z = games.covariates[game * covariateCount + c]!;
    if (z !== 0) addCovariate(matrix, size, games, game, c, dd * z);
  }
  const tie = items + covariateCount;
  if (tie === size) return;
  matrix[tie * size + tie]! += tt;
  if (dt === 0) return;
  addBoth(matrix, size, first, tie, dt);
  addBoth(matrix, size, second, tie, -dt);
  for (let c = 0; c < covariateCount; c++) {
    addBoth(matrix, size, items + c, tie, dt * games.covariates[game * covariateCount + c]!);
  }
}

function addCovariate(
  matrix: Float64Array,
  size: number,
  games: Games,
  game: number,
  c: number,
  value: number,
): void {
  const row = games.items + c;
  addBoth(matrix, size, games.first[game]!, row, value);
  addBoth(matrix, size, games.second[game]!, row, -value);
  for (let other = 0; other < games.covariateCount; other++) {
    matrix[row * size + games.items + other]! +=
      value * games.covariates[game * games.covariateCount + other]!;
  }
}

function addBoth(matrix: Float64Array, size: number, row: number, column: number, value: number) {
  matrix[row * size + column]! += value;
  matrix[column * size + row]! += value;
}

/** Difference of the log strengths of a game's items, covariates included. */
export function gameDifference(games: Games, game: number, parameters: Float64Array): number {
  let d = parameters[games.first[game]!]! - parameters[games.second[game]!]!;
  for (let c = 0; c < games.covariateCount; c++) {
    d += parameters[games.items + c]! * games.covariates[game * games.covariateCount + c]!;
  }
  return d;
}

/** Computes the objective, its gradient and information: O(games + parameters²). */
export function evaluateObjective(objective: Objective, parameters: Float64Array): ObjectiveValue {
  const { games, outcome } = objective;
  const size = parameters.length;
  const gradient = new Float64Array(size);
  const information = new Float64Array(size * size);
  const point = outcomePoint();
  const tau = outcome.tieParameter ? parameters[size - 1]! : 0;
  const values = { dd: 0, dt: 0, tt: 0 };
  let logLikelihood = 0;
  for (let game = 0; game < games.count; game++) {
    outcome.evaluate(gameDifference(games, game, parameters), tau, point);
    let d = 0;
    let t = 0;
    values.dd = values.dt = values.tt = 0;
    for (let kind = WON; kind <= TIED; kind++) {
      const weight = games.weight[3 * game + kind]!;
      if (weight === 0) continue;
      logLikelihood += weight * point.logProbability[kind]!;
      d += weight * point.d[kind]!;
      t += weight * point.t[kind]!;
      values.dd += weight * point.dd[kind]!;
      values.dt += weight * point.dt[kind]!;
      values.tt += weight * point.tt[kind]!;
    }
    addGradient(gradient, games, game, d, t);
    addGame(information, size, games, game, values);
  }
  logLikelihood += addPenalties(objective, parameters, gradient, information);
  return { logLikelihood, gradient, information };
}

/** Adds a game's slopes in d and τ to a gradient. */
export function addGradient(
  gradient: Float64Array,
  games: Games,
  game: number,
  d: number,
  t: number,
): void {
  gradient[games.first[game]!]! += d;
  gradient[games.second[game]!]! -= d;
  for (let c = 0; c < games.covariateCount; c++) {
    gradient[games.items + c]! += d * games.covariates[game * games.covariateCount + c]!;
  }
  if (t !== 0) gradient[gradient.length - 1]! += t;
}

function addPenalties(
  { games, prior, ridge }: Objective,
  parameters: Float64Array,
  gradient: Float64Array,
  information: Float64Array,
): number {
  const size = parameters.length;
  let sum = 0;
  for (let item = 0; item < games.items && prior > 0; item++) {
    const value = parameters[item]!;
    const p = logistic(value);
    sum -= (prior / 2) * (softplus(value) + softplus(-value));
    gradient[item]! += prior * (0.5 - p);
    information[item * size + item]! += prior * p * (1 - p);
  }
  for (let c = games.items; c < games.items + games.covariateCount && ridge > 0; c++) {
    sum -= (ridge / 2) * parameters[c]! ** 2;
    gradient[c]! -= ridge * parameters[c]!;
    information[c * size + c]! += ridge;
  }
  return sum;
}

/** Sum of the weights of a game's verdicts. */
export function gameWeight(games: Games, game: number): number {
  return (
    games.weight[3 * game + WON]! + games.weight[3 * game + LOST]! + games.weight[3 * game + TIED]!
  );
}
