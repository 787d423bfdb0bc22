import { centre, largestResidual } from '../likelihood/newton.ts';
import { factorCholesky, invertCholesky, solveCholesky } from '../numerics/cholesky.ts';
import {
  evaluateLists,
  type ListObjective,
  type ListValue,
  listParameters,
} from './list-likelihood.ts';

/** Where the likelihood of lists is largest. */
export interface ListMaximum {
  /** Log strengths (mean 0 without a prior), then ln δ of each size of tied group. */
  readonly parameters: Float64Array;
  readonly logLikelihood: number;
  readonly iterations: number;
  readonly residual: number;
  readonly converged: boolean;
  /** Inverse information; without a prior exact for differences. */
  readonly inverse: Float64Array | null;
}

/** When the iteration ends, and where it begins. */
export interface ListOptions {
  readonly tolerance: number;
  readonly iterationLimit: number;
  readonly start?: Float64Array | undefined;
}

const MAX_HALVINGS = 40;
const SHORT_STEP = 1e-8;

/** Newton's method with step halving; the likelihood is concave in all parameters. */
export function maximiseLists(
  objective: ListObjective,
  { tolerance, iterationLimit, start }: ListOptions,
): ListMaximum {
  const scale = residualScale(objective);
  let parameters: Float64Array =
    start?.slice() ?? new Float64Array(listParameters(objective.lists));
  let value = evaluateLists(objective, parameters);
  let iterations = 0;
  let residual = largestResidual(value.gradient, scale);
  while (iterations < iterationLimit) {
    const step = newtonStep(objective, value);
    const moved = step && climb(objective, parameters, value, step);
    iterations++;
    if (!moved) break;
    const longest = moved.parameters.reduce(
      (most, one, at) => Math.max(most, Math.abs(one - parameters[at]!)),
      0,
    );
    ({ parameters, value } = moved);
    residual = largestResidual(value.gradient, scale);
    if (residual <= tolerance && longest < SHORT_STEP) break;
  }
  if (objective.prior === 0) centre(parameters, objective.lists.items);
  const { information, logLikelihood } = value;
  anchor(objective, information);
  const inverse = factorCholesky(information, parameters.length)
    ? invertCholesky(information, parameters.length)
    : null;
  const converged = residual <= tolerance;
  return { parameters, logLikelihood, iterations, residual, converged, inverse };
}

/** Weight of the lists in which each item stands; all of them for a parameter of ties. */
function residualScale({ lists, weight, prior }: ListObjective): Float64Array {
  const scale = new Float64Array(listParameters(lists)).fill(prior);
  let all = 0;
  lists.lists.forEach(({ groups }, at) => {
    all += weight[at]!;
    for (const group of groups) for (const item of group) scale[item]! += weight[at]!;
  });
  return scale.fill(all, lists.items);
}

/** Without a prior only differences of log strengths matter: c 11ᵀ makes the information definite. */
function anchor({ lists, prior }: ListObjective, information: Float64Array): void {
  if (prior > 0) return;
  const size = Math.sqrt(information.length);
  let trace = 0;
  for (let item = 0; item < lists.items; item++) trace += information[item * size + item]!;
  for (let row = 0; row < lists.items; row++) {
    for (let column = 0; column < lists.items; column++) {
      information[row * size + column]! += trace / lists.items ** 2;
    }
  }
}

function newtonStep(objective: ListObjective, value: ListValue): Float64Array | null {
  const size = value.gradient.length;
  const matrix = value.information.slice();
  anchor(objective, matrix);
  if (!factorCholesky(matrix, size)) return null;
  const step = value.gradient.slice();
  solveCholesky(matrix, size, step);
  return step;
}

function climb(
  objective: ListObjective,
  from: Float64Array,
  value: ListValue,
  step: Float64Array,
): { parameters: Float64Array; value: ListValue } | null {
  const slack = 1e-12 * Math.abs(value.height) + 1e-12;
  let share = 1;
  for (let halving = 0; halving < MAX_HALVINGS; halving++, share /= 2) {
    const parameters = from.map((parameter, i) => parameter + share * step[i]!);
    const next = evaluateLists(objective, parameters);
    if (next.height >= value.height - slack) return { parameters, value: next };
  }
  return null;
}
