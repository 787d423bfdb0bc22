import { type Clusters, rowsByCluster } from '../input/cluster-ids.ts';
import { type Games, type RowGames, TIED, WON } from '../input/games.ts';
import { addGame, gameDifference, type Objective } from '../likelihood/objective.ts';
import { outcomePoint } from '../likelihood/outcome-model.ts';
import { centreCovariance, multiply } from '../numerics/products.ts';

/** Slopes of the log-likelihood of one verdict in d and τ, by `3 * game + outcome`. */
export interface VerdictSlopes {
  readonly d: Float64Array;
  readonly t: Float64Array;
}

/** Computes the slopes of every possible verdict at a fit. */
export function verdictSlopes(objective: Objective, parameters: Float64Array): VerdictSlopes {
  const { games, outcome } = objective;
  const slopes = { d: new Float64Array(3 * games.count), t: new Float64Array(3 * games.count) };
  const tau = outcome.tieParameter ? parameters[parameters.length - 1]! : 0;
  const point = outcomePoint();
  for (let game = 0; game < games.count; game++) {
    outcome.evaluate(gameDifference(games, game, parameters), tau, point);
    slopes.d.set(point.d, 3 * game);
    slopes.t.set(point.t, 3 * game);
  }
  return slopes;
}

/** What the meat of the sandwich is made from. */
export interface SandwichInput {
  readonly games: Games;
  readonly slopes: VerdictSlopes;
  /** Game of each row; not needed when each row is its own cluster. */
  readonly rowGames: RowGames | null;
  readonly weight: Float64Array | null;
  /** Inverse information of the fit, square. */
  readonly inverse: Float64Array;
}

/**
 * The robust covariance H⁻¹ (Σ_g u_g u_gᵀ) H⁻¹ · G/(G-1) of all parameters, strengths relative to their
 * mean (Huber 1967; by cluster Liang and Zeger 1986). u_g is the gradient of the rows of cluster g; a
 * row's weight multiplies its gradient, so a row of weight 2 is one piece of evidence, not two.
 */
export function sandwichCovariance(input: SandwichInput, clusters: Clusters): Float64Array {
  const size = Math.sqrt(input.inverse.length);
  const meat =
    clusters.ids === null
      ? meatByComparison(input, size)
      : meatByCluster(input, size, clusters.ids, clusters.count);
  const factor = clusters.count > 1 ? clusters.count / (clusters.count - 1) : 1;
  const covariance = multiply(multiply(input.inverse, meat, size), input.inverse, size);
  for (let i = 0; i < covariance.length; i++) covariance[i]! *= factor;
  centreCovariance(covariance, size, input.games.items);
  return covariance;
}

function meatByComparison({ games, slopes }: SandwichInput, size: number): Float64Array {
  const meat = new Float64Array(size * size);
  const values = { dd: 0, dt: 0, tt: 0 };
  for (let game = 0; game < games.count; game++) {
    values.dd = values.dt = values.tt = 0;
    for (let cell = 3 * game + WON; cell <= 3 * game + TIED; cell++) {
      const squared = games.squaredWeight[cell]!;
      if (squared === 0) continue;
      values.dd += squared * slopes.d[cell]! ** 2;
      values.dt += squared * slopes.d[cell]! * slopes.t[cell]!;
      values.tt += squared * slopes.t[cell]! ** 2;
    }
    addGame(meat, size, games, game, values);
  }
  return meat;
}

function meatByCluster(
  input: SandwichInput,
  size: number,
  ids: Uint32Array,
  count: number,
): Float64Array {
  const meat = new Float64Array(size * size);
  forEachClusterScore(input, ids, count, size, (score, touched, length) => {
    for (let a = 0; a < length; a++) {
      const row = touched[a]!;
      const value = score[row]!;
      if (value === 0) continue;
      const rowStart = row * size;
      for (let b = 0; b < length; b++) meat[rowStart + touched[b]!]! += value * score[touched[b]!]!;
    }
  });
  return meat;
}

/**
 * Calls `visit` with the gradient of each cluster, in order: `score` holds it for the parameters listed
 * in the first `length` places of `touched`, and is cleared afterwards.
 */
export function forEachClusterScore(
  { games, slopes, rowGames, weight }: Omit<SandwichInput, 'inverse'>,
  ids: Uint32Array,
  count: number,
  size: number,
  visit: (score: Float64Array, touched: Uint32Array, length: number, cluster: number) => void,
): void {
  const { start, order } = rowsByCluster(ids, count);
  const score = new Float64Array(size);
  const touched = new Uint32Array(size);
  const marked = new Uint8Array(size);
  let length = 0;
  const add = (parameter: number, value: number) => {
    if (marked[parameter] === 0) {
      marked[parameter] = 1;
      touched[length++] = parameter;
    }
    score[parameter]! += value;
  };
  for (let cluster = 0; cluster < count; cluster++) {
    for (let at = start[cluster]!; at < start[cluster + 1]!; at++) {
      const row = order[at]!;
      const game = rowGames!.game[row]!;
      const cell = 3 * game + rowGames!.outcome[row]!;
      const rowWeight = weight === null ? 1 : weight[row]!;
      const slope = rowWeight * slopes.d[cell]!;
      add(games.first[game]!, slope);
      add(games.second[game]!, -slope);
      for (let c = 0; c < games.covariateCount; c++) {
        add(games.items + c, slope * games.covariates[game * games.covariateCount + c]!);
      }
      if (games.items + games.covariateCount < size) add(size - 1, rowWeight * slopes.t[cell]!);
    }
    visit(score, touched, length, cluster);
    for (let a = 0; a < length; a++) score[touched[a]!] = marked[touched[a]!] = 0;
    length = 0;
  }
}
