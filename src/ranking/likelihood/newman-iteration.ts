import type { Games } from '../input/games.ts';
import { centre, largestResidual, type Maximum, type maximise, residualScale } from './newton.ts';
import { evaluateObjective, type Objective } from './objective.ts';

const SWEEPS_BETWEEN_CHECKS = 5;

/**
 * Newman's iteration (2023) to the maximum of the Davidson likelihood, each item in turn from the newest
 * values of the others, with D = s_i + s_j + 2 v √(s_i s_j) and h = wins + ties / 2:
 *
 *     s_i = Σ_j h_ij (s_j + v √(s_i s_j)) / D  /  Σ_j h_ji (1 + v √(s_j / s_i)) / D
 *     v   = Σ_pairs ties (s_i + s_j) / D  /  (2 Σ_pairs decisive √(s_i s_j) / D)
 *
 * `parameters` ends with τ = ln 2v, as for `davidson`.
 */
export const maximiseByNewman: typeof maximise = (objective, options = {}) => {
  const { games, prior } = objective;
  const tolerance = options.tolerance ?? 1e-9;
  const limit = options.iterationLimit ?? 100_000;
  const scale = residualScale(objective);
  const opponents = gamesByItem(games);
  const s = new Float64Array(games.items).fill(1);
  let v = objective.outcome.tieParameter ? 0.5 : 0;
  let result = maximumAt(objective, s, v, 0, scale, tolerance);
  for (let sweep = 1; sweep <= limit; sweep++) {
    for (let item = 0; item < games.items; item++) {
      s[item] = newStrength(games, opponents, s, v, item, prior);
    }
    if (v > 0) v = newTies(games, s, v);
    if (prior === 0) rescale(s);
    if (sweep % SWEEPS_BETWEEN_CHECKS !== 0 && sweep < limit) continue;
    result = maximumAt(objective, s, v, sweep, scale, tolerance);
    if (result.converged) break;
  }
  return result;
};

function newStrength(
  games: Games,
  opponents: readonly Uint32Array[],
  s: Float64Array,
  v: number,
  item: number,
  prior: number,
): number {
  const own = s[item]!;
  let above = prior / 2 / (own + 1);
  let below = above;
  for (const game of opponents[item]!) {
    const isFirst = games.first[game] === item;
    const other = s[isFirst ? games.second[game]! : games.first[game]!]!;
    const half = games.weight[3 * game + 2]! / 2;
    const won = games.weight[3 * game + (isFirst ? 0 : 1)]! + half;
    const lost = games.weight[3 * game + (isFirst ? 1 : 0)]! + half;
    const root = Math.sqrt(own * other);
    const normal = own + other + 2 * v * root;
    above += (won * (other + v * root)) / normal;
    below += (lost * (1 + v * Math.sqrt(other / own))) / normal;
  }
  return above / below;
}

function newTies(games: Games, s: Float64Array, v: number): number {
  let tied = 0;
  let decisive = 0;
  for (let game = 0; game < games.count; game++) {
    const one = s[games.first[game]!]!;
    const other = s[games.second[game]!]!;
    const root = Math.sqrt(one * other);
    const normal = one + other + 2 * v * root;
    tied += (games.weight[3 * game + 2]! * (one + other)) / normal;
    decisive += ((games.weight[3 * game]! + games.weight[3 * game + 1]!) * root) / normal;
  }
  return tied / (2 * decisive);
}

function rescale(s: Float64Array): void {
  let sum = 0;
  for (const one of s) sum += Math.log(one);
  const factor = Math.exp(-sum / s.length);
  for (let item = 0; item < s.length; item++) s[item]! *= factor;
}

function maximumAt(
  objective: Objective,
  s: Float64Array,
  v: number,
  iterations: number,
  scale: Float64Array,
  tolerance: number,
): Maximum {
  const parameters = new Float64Array(scale.length);
  parameters.set(s.map(Math.log));
  if (objective.outcome.tieParameter) parameters[scale.length - 1] = Math.log(2 * v);
  const { gradient, logLikelihood } = evaluateObjective(objective, parameters);
  const residual = largestResidual(gradient, scale);
  if (objective.prior === 0) centre(parameters, objective.games.items);
  return { parameters, logLikelihood, iterations, residual, converged: residual <= tolerance };
}

function gamesByItem(games: Games): Uint32Array[] {
  const lists: number[][] = Array.from({ length: games.items }, () => []);
  for (let game = 0; game < games.count; game++) {
    lists[games.first[game]!]!.push(game);
    lists[games.second[game]!]!.push(game);
  }
  return lists.map((list) => Uint32Array.from(list));
}
