import { seededRandom } from '../../core/seeded-random.ts';
import { type Clusters, clustersOf, effectiveCount } from '../input/cluster-ids.ts';
import { MIN_CLUSTERS } from '../input/default-unit.ts';
import { sandwichInput } from '../intervals/likelihood-errors.ts';
import type { SandwichInput } from '../intervals/sandwich.ts';
import { addGradient } from '../likelihood/objective.ts';
import { normalSource } from '../numerics/normal-draws.ts';
import { multiplyVector } from '../numerics/products.ts';
import type { PreparedRanking } from '../rating/prepare-ranking.ts';
import { likelihoodOf } from './likelihood-of.ts';
import { type PairResiduals, pairResiduals } from './pair-residuals.ts';

/** Whether one strength for each item explains the results of the pairs. */
export interface FitTest {
  /** Sum of the squared standardised residuals of the pairs. */
  readonly statistic: number;
  readonly pairs: number;
  /** Probability of a statistic this large if the model held; null for fewer than 10 effective clusters. */
  readonly p: number | null;
  readonly unit: string;
}

/**
 * A test of fit that respects clusters: the sum of squared pair residuals against its distribution when
 * each cluster's residuals are multiplied by a sign of its own, those of single comparisons by a normal
 * number for each kind of verdict (multiplier bootstrap), and what
 * refitting would absorb is taken out with the inverse information. A two-way unit uses the first.
 *
 * @param draws default 499.
 */
export function fitTest(prepared: PreparedRanking, draws = 499): FitTest {
  const likelihood = likelihoodOf(prepared);
  const { data, options } = prepared;
  const [clusters] = clustersOf(data.table, options.cluster);
  const input = sandwichInput(data, likelihood, [clusters!]);
  const residuals = pairResiduals(prepared);
  const information = gameInformation(prepared, input);
  const uniform = seededRandom(options.seed, 0xf17);
  // A cell's sum of many votes is about normal; a single cluster keeps its size and changes its sign.
  const random = input.rowGames === null ? normalSource(uniform) : () => (uniform() < 0.5 ? 1 : -1);
  const statistic = sumOfSquares(residuals.residual, residuals.variance);
  const enough = clusters!.ids === null || effectiveCount(clusters!, data.table) >= MIN_CLUSTERS;
  let larger = 0;
  for (let draw = 0; enough && draw < draws; draw++) {
    const noise = multipliedSlopes(input, clusters!, random);
    const drawn = absorbed(input, information, residuals, noise);
    if (sumOfSquares(drawn, residuals.variance) >= statistic) larger++;
  }
  return {
    statistic,
    pairs: residuals.residual.length,
    p: enough ? (1 + larger) / (1 + draws) : null,
    unit: clusters!.name,
  };
}

function sumOfSquares(residual: Float64Array, variance: Float64Array): number {
  let sum = 0;
  for (let pair = 0; pair < residual.length; pair++) {
    if (variance[pair]! > 0) sum += residual[pair]! ** 2 / variance[pair]!;
  }
  return sum;
}

interface Slopes {
  readonly d: Float64Array;
  readonly t: Float64Array;
}

/** Slopes of the games with each cluster, or kind of verdict, multiplied by a random number. */
function multipliedSlopes(
  { games, slopes, rowGames, weight }: SandwichInput,
  clusters: Clusters,
  random: () => number,
): Slopes {
  const sums = { d: new Float64Array(games.count), t: new Float64Array(games.count) };
  if (rowGames === null) {
    for (let cell = 0; cell < 3 * games.count; cell++) {
      if (games.squaredWeight[cell] === 0) continue;
      const factor = random() * Math.sqrt(games.squaredWeight[cell]!);
      const game = Math.floor(cell / 3);
      sums.d[game]! += factor * slopes.d[cell]!;
      sums.t[game]! += factor * slopes.t[cell]!;
    }
    return sums;
  }
  const factors = Float64Array.from({ length: clusters.count }, random);
  rowGames.game.forEach((game, row) => {
    const cell = 3 * game + rowGames.outcome[row]!;
    const factor =
      factors[clusters.ids === null ? row : clusters.ids[row]!]! * (weight?.[row] ?? 1);
    sums.d[game]! += factor * slopes.d[cell]!;
    sums.t[game]! += factor * slopes.t[cell]!;
  });
  return sums;
}

/** How much a game's slope in d falls as d and τ rise: its information. */
function gameInformation(prepared: PreparedRanking, { games }: SandwichInput): Slopes {
  const { objective, maximum } = likelihoodOf(prepared);
  const step = 1e-5;
  const at = (shift: number, tieShift: number) => {
    const slope = new Float64Array(2);
    const result = new Float64Array(games.count);
    const { outcome } = objective;
    const tie = outcome.tieParameter ? outcome.tieOf(maximum.parameters.at(-1)! + tieShift) : 0;
    for (let game = 0; game < games.count; game++) {
      let d =
        maximum.parameters[games.first[game]!]! - maximum.parameters[games.second[game]!]! + shift;
      for (let c = 0; c < games.covariateCount; c++) {
        d +=
          maximum.parameters[games.items + c]! * games.covariates[game * games.covariateCount + c]!;
      }
      const [won, lost, tied] = games.weight.subarray(3 * game, 3 * game + 3);
      outcome.slope(Math.exp(d), tie, won!, lost!, tied!, slope);
      result[game] = slope[0]!;
    }
    return result;
  };
  const slope = (low: Float64Array, high: Float64Array) =>
    low.map((value, game) => (value - high[game]!) / (2 * step));
  return { d: slope(at(-step, 0), at(step, 0)), t: slope(at(0, -step), at(0, step)) };
}

/** Residuals of the pairs after the parameters have followed the noise. */
function absorbed(
  { games, inverse }: SandwichInput,
  information: Slopes,
  { pairOfGame, signOfGame, residual }: PairResiduals,
  noise: Slopes,
): Float64Array {
  const size = Math.sqrt(inverse.length);
  const gradient = new Float64Array(size);
  const tied = games.items + games.covariateCount < size;
  for (let game = 0; game < games.count; game++) {
    addGradient(gradient, games, game, noise.d[game]!, tied ? noise.t[game]! : 0);
  }
  const step = new Float64Array(size);
  multiplyVector(inverse, gradient, step);
  const result = new Float64Array(residual.length);
  for (let game = 0; game < games.count; game++) {
    let d = step[games.first[game]!]! - step[games.second[game]!]!;
    for (let c = 0; c < games.covariateCount; c++) {
      d += step[games.items + c]! * games.covariates[game * games.covariateCount + c]!;
    }
    const taken = information.d[game]! * d + (tied ? information.t[game]! * step[size - 1]! : 0);
    result[pairOfGame[game]!]! += signOfGame[game]! * (noise.d[game]! - taken);
  }
  return result;
}
