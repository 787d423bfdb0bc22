import { factorCholesky, invertCholesky, solveCholesky } from '../numerics/cholesky.ts';
import {
  evaluateObjective,
  gameWeight,
  type Objective,
  type ObjectiveValue,
  parameterCount,
} from './objective.ts';

/** When the iteration ends. */
export interface NewtonOptions {
  /** Largest residual at which a fit counts as converged; default 1e-9. */
  readonly tolerance?: number | undefined;
  /** Most iterations; default 100. */
  readonly iterationLimit?: number | undefined;
  /** Where to begin; default equal strengths. */
  readonly start?: Float64Array | undefined;
}

/** Where the objective is largest. */
export interface Maximum {
  /** Log strengths (mean 0), coefficients, τ; see `Objective`. */
  readonly parameters: Float64Array;
  readonly logLikelihood: number;
  readonly iterations: number;
  /** Largest |wins - expected wins| of an item over its number of comparisons, and likewise for the other parameters. */
  readonly residual: number;
  readonly converged: boolean;
}

/** Steps shorter than this in every parameter end the iteration once the residual is small. */
const SHORT_STEP = 1e-8;
const MAX_HALVINGS = 40;

/**
 * Newton's method with step halving: θ += H⁻¹ g, halved while the log-likelihood falls. Without a prior
 * only differences of log strengths matter, so c 11ᵀ is added to H, which leaves the step unchanged and
 * H positive definite when the items are connected.
 */
export function maximise(objective: Objective, options: NewtonOptions = {}): Maximum {
  const tolerance = options.tolerance ?? 1e-9;
  const limit = options.iterationLimit ?? 100;
  const size = parameterCount(objective);
  const scale = residualScale(objective);
  let parameters = options.start?.slice() ?? startParameters(objective, size);
  let value = evaluateObjective(objective, parameters);
  let iterations = 0;
  let residual = largestResidual(value.gradient, scale);
  while (iterations < limit) {
    const step = newtonStep(objective, value);
    const moved = climb(objective, parameters, value, step);
    iterations++;
    if (moved === null) break;
    parameters = moved.parameters;
    value = moved.value;
    residual = largestResidual(value.gradient, scale);
    if (residual <= tolerance && moved.longest < SHORT_STEP) break;
  }
  if (objective.prior === 0) centre(parameters, objective.games.items);
  const converged = residual <= tolerance;
  return { parameters, logLikelihood: value.logLikelihood, iterations, residual, converged };
}

/**
 * The inverse of the information at a maximum. Without a prior it is that of H + c 11ᵀ: exact for
 * everything that does not change when all log strengths move together.
 *
 * @returns null when the information is singular.
 */
export function inverseInformation(
  objective: Objective,
  parameters: Float64Array,
): Float64Array | null {
  const { information } = evaluateObjective(objective, parameters);
  anchor(objective, information);
  const size = parameters.length;
  return factorCholesky(information, size) ? invertCholesky(information, size) : null;
}

function startParameters(objective: Objective, size: number): Float64Array {
  const start = new Float64Array(size);
  if (objective.outcome.tieParameter) start[size - 1] = objective.outcome.tieStart;
  return start;
}

function anchor({ games, prior }: Objective, information: Float64Array): void {
  if (prior > 0) return;
  const size = Math.sqrt(information.length);
  let trace = 0;
  for (let item = 0; item < games.items; item++) trace += information[item * size + item]!;
  const share = trace / games.items ** 2;
  for (let row = 0; row < games.items; row++) {
    for (let column = 0; column < games.items; column++) {
      information[row * size + column]! += share;
    }
  }
}

function newtonStep(objective: Objective, value: ObjectiveValue): Float64Array {
  const size = value.gradient.length;
  anchor(objective, value.information);
  for (let ridge = 0; ridge < 1e6; ridge = ridge === 0 ? 1e-10 : ridge * 100) {
    const matrix = value.information.slice();
    for (let i = 0; i < size; i++) matrix[i * size + i]! += ridge * (1 + matrix[i * size + i]!);
    if (!factorCholesky(matrix, size)) continue;
    const step = value.gradient.slice();
    solveCholesky(matrix, size, step);
    return step;
  }
  return new Float64Array(size);
}

interface Climb {
  readonly parameters: Float64Array;
  readonly value: ObjectiveValue;
  readonly longest: number;
}

function climb(
  objective: Objective,
  from: Float64Array,
  value: ObjectiveValue,
  step: Float64Array,
): Climb | null {
  // Rounding alone may lower the sum of many logarithms by this much.
  const slack = 1e-12 * Math.abs(value.logLikelihood) + 1e-12;
  let share = 1;
  for (let halving = 0; halving < MAX_HALVINGS; halving++, share /= 2) {
    const parameters = from.map((parameter, i) => parameter + share * step[i]!);
    const tau = parameters[parameters.length - 1]!;
    if (objective.outcome.tieParameter && !(tau > objective.outcome.tieAbove)) continue;
    const next = evaluateObjective(objective, parameters);
    if (!(next.logLikelihood >= value.logLikelihood - slack)) continue;
    const longest = step.reduce((most, one) => Math.max(most, Math.abs(share * one)), 0);
    return { parameters, value: next, longest };
  }
  return null;
}

/** Weight of the comparisons behind each parameter: an item's own, or all of them. */
export function residualScale(objective: Objective): Float64Array {
  const { games, prior } = objective;
  const scale = new Float64Array(parameterCount(objective));
  let total = 0;
  for (let game = 0; game < games.count; game++) {
    const weight = gameWeight(games, game);
    scale[games.first[game]!]! += weight;
    scale[games.second[game]!]! += weight;
    total += weight;
  }
  for (let item = 0; item < games.items; item++) scale[item]! += prior;
  return scale.fill(total, games.items);
}

/** The largest slope over the weight behind it. */
export function largestResidual(gradient: Float64Array, scale: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < gradient.length; i++) {
    const residual = Math.abs(gradient[i]!) / scale[i]!;
    if (!(residual <= largest)) largest = residual;
  }
  return largest;
}

/** Subtracts the mean from the first `items` numbers. */
export function centre(parameters: Float64Array, items: number): void {
  let mean = 0;
  for (let item = 0; item < items; item++) mean += parameters[item]! / items;
  for (let item = 0; item < items; item++) parameters[item]! -= mean;
}
