import { seededRandom } from '../../core/seeded-random.ts';
import { shuffled } from '../../core/shuffle.ts';
import { type Clusters, clustersOf } from '../input/cluster-ids.ts';
import { addUpGames, type Games, type RowGames, TIED } from '../input/games.ts';
import { bradleyTerryOutcome } from '../likelihood/bradley-terry-outcome.ts';
import { maximise } from '../likelihood/newton.ts';
import { gameDifference, gameWeight, type Objective } from '../likelihood/objective.ts';
import { type OutcomePoint, outcomePoint } from '../likelihood/outcome-model.ts';
import { METHODS } from '../methods/methods.generated.ts';
import { METHOD_NAMES, type MethodName } from '../options/method-names.generated.ts';
import type { PreparedRanking } from '../rating/prepare-ranking.ts';

const PLAIN: MethodName = 'bradley-terry';

/** Bradley-Terry, and every model of ties once: by the method that is called as its model is. */
const MODELS: readonly MethodName[] = METHOD_NAMES.filter(
  (name) => name === PLAIN || METHODS[name].ties?.outcome.name === name,
);

/** How well a model predicts comparisons that it was not fitted to. */
export interface HeldOutFit {
  readonly method: MethodName;
  /** Mean of -ln P(verdict) over left, right and tie; smaller is better. */
  readonly logLoss: number;
  /** `logLoss` minus that of the best model, and the clustered standard error of it. */
  readonly excess: number;
  readonly excessError: number;
  /** Expected and observed mean scores (tie half) in ten classes of the expected one. */
  readonly calibration: readonly {
    readonly expected: number;
    readonly observed: number;
    readonly comparisons: number;
  }[];
}

/** A fold's training must stay finite whatever it leaves out. */
const TRAINING_PRIOR = 0.5;

/**
 * Compares the models of ties by cross-validation: whole units (clusters) are left out, each model is
 * fitted to the rest with a prior of 0.5 and predicts them. Bradley-Terry, which counts ties as
 * half wins, is given P(tie) = κ p (1 - p), which leaves its expected scores alone. Best first.
 *
 * @param folds default 5, at most the number of clusters. A two-way unit uses the first.
 */
export function chooseMethod(prepared: PreparedRanking, folds = 5): HeldOutFit[] {
  const { table } = prepared.data;
  const [clusters] = clustersOf(table, prepared.options.cluster);
  const rowGames = { game: new Uint32Array(table.rows), outcome: new Uint8Array(table.rows) };
  const games = addUpGames(table, undefined, rowGames);
  const fold = foldOfCluster(clusters!, Math.min(folds, clusters!.count), prepared.options.seed);
  const foldOf = (row: number) => fold[clusters!.ids === null ? row : clusters!.ids[row]!]!;
  const tested = testedWeights(
    table.weight,
    rowGames,
    foldOf,
    games,
    Math.min(folds, clusters!.count),
  );
  const results = MODELS.map((method) => ({
    method,
    losses: tested.map((weight) => predictions(method, games, weight)),
  }));
  const sums = results.map(({ losses }) =>
    clusterSums(clusters!, rowGames, table.weight, (row, cell) => losses[foldOf(row)]!.loss[cell]!),
  );
  const total = tested.flat().reduce((sum, weight) => sum + weight.reduce((a, b) => a + b, 0), 0);
  const means = sums.map((one) => one.reduce((sum, loss) => sum + loss, 0) / total);
  const best = means.indexOf(Math.min(...means));
  return results
    .map(({ method, losses }, at) => ({
      method,
      logLoss: means[at]!,
      excess: means[at]! - means[best]!,
      excessError: meanError(
        sums[at]!.map((sum, cluster) => sum - sums[best]![cluster]!),
        total,
      ),
      calibration: calibrate(
        tested,
        losses.map((one) => one.expected),
      ),
    }))
    .sort((a, b) => a.logLoss - b.logLoss);
}

function foldOfCluster(clusters: Clusters, folds: number, seed: number): Uint8Array {
  const random = seededRandom(seed, 0xf01d);
  const order = shuffled(clusters.count, random);
  const fold = new Uint8Array(clusters.count);
  order.forEach((cluster, at) => {
    fold[cluster] = at % folds;
  });
  return fold;
}

/** Weights of the held-out verdicts of each fold, by `3 * game + outcome`. */
function testedWeights(
  weight: Float64Array | null,
  rowGames: RowGames,
  foldOf: (row: number) => number,
  games: Games,
  folds: number,
): Float64Array[] {
  const tested = Array.from({ length: folds }, () => new Float64Array(3 * games.count));
  rowGames.game.forEach((game, row) => {
    tested[foldOf(row)]![3 * game + rowGames.outcome[row]!]! += weight?.[row] ?? 1;
  });
  return tested;
}

/** Fits to everything but one fold; gives the loss of each possible verdict and the expected score of each game. */
function predictions(method: MethodName, games: Games, tested: Float64Array) {
  const weight = games.weight.map((all, cell) => Math.max(0, all - tested[cell]!));
  let ties = 0;
  let all = 0;
  weight.forEach((one, cell) => {
    all += one;
    if (cell % 3 === TIED) ties += one;
  });
  const tied = ties > 0 && ties < all ? METHODS[method].ties : undefined;
  const plain = tied === undefined;
  const outcome = tied?.outcome ?? bradleyTerryOutcome(0.5);
  const objective: Objective = {
    games: { ...games, weight, squaredWeight: weight },
    outcome,
    prior: TRAINING_PRIOR,
    ridge: 0,
  };
  const { parameters } = maximise(objective);
  const point = outcomePoint();
  const loss = new Float64Array(weight.length);
  const expected = new Float64Array(games.count);
  const evaluate = (game: number) =>
    outcome.evaluate(gameDifference(games, game, parameters), parameters.at(-1)!, point);
  const kappa = plain ? tieFactor(objective.games, ties, evaluate, point) : 0;
  for (let game = 0; game < games.count; game++) {
    evaluate(game);
    const [won, lost] = [Math.exp(point.logProbability[0]!), Math.exp(point.logProbability[1]!)];
    const tied = plain ? kappa * won * lost : Math.exp(point.logProbability[TIED]!);
    loss[3 * game] = -Math.log(plain ? won - tied / 2 : won);
    loss[3 * game + 1] = -Math.log(plain ? lost - tied / 2 : lost);
    loss[3 * game + TIED] = -Math.log(tied);
    expected[game] = plain ? won : won + tied / 2;
  }
  return { loss, expected };
}

/**
 * κ of P(tie) = κ p (1 - p), P(win) = p - P(tie) / 2: the model of ties that goes with counting them as
 * half wins, since its expected score is p. Half a tie more keeps it above 0; it must stay below 2.
 */
function tieFactor(
  games: Games,
  ties: number,
  evaluate: (game: number) => void,
  point: OutcomePoint,
): number {
  let possible = 0;
  for (let game = 0; game < games.count; game++) {
    evaluate(game);
    possible += gameWeight(games, game) * point.dd[0]!;
  }
  return Math.min(1.99, (ties + 0.5) / (possible + 0.5));
}

function clusterSums(
  clusters: Clusters,
  rowGames: RowGames,
  weight: Float64Array | null,
  lossOf: (row: number, cell: number) => number,
): Float64Array {
  const sums = new Float64Array(clusters.count);
  rowGames.game.forEach((game, row) => {
    const cell = 3 * game + rowGames.outcome[row]!;
    const cluster = clusters.ids === null ? row : clusters.ids[row]!;
    sums[cluster]! += (weight?.[row] ?? 1) * lossOf(row, cell);
  });
  return sums;
}

/** Standard error of a total of cluster sums over `total`. */
function meanError(sums: Float64Array, total: number): number {
  const mean = sums.reduce((sum, one) => sum + one, 0) / sums.length;
  const squares = sums.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  return Math.sqrt((squares * sums.length) / Math.max(1, sums.length - 1)) / total;
}

function calibrate(tested: readonly Float64Array[], expected: readonly Float64Array[]) {
  const classes = Array.from({ length: 10 }, () => ({ expected: 0, observed: 0, comparisons: 0 }));
  tested.forEach((weight, fold) => {
    expected[fold]!.forEach((score, game) => {
      const [won, lost, tied] = weight.subarray(3 * game, 3 * game + 3);
      const comparisons = won! + lost! + tied!;
      // Each game is counted from the side of the favourite and of the other, so that 0 to 1 is covered.
      for (const [place, points] of [
        [score, won! + tied! / 2],
        [1 - score, lost! + tied! / 2],
      ] as const) {
        const one = classes[Math.min(9, Math.floor(place * 10))]!;
        one.expected += place * comparisons;
        one.observed += points;
        one.comparisons += comparisons;
      }
    });
  });
  return classes
    .filter(({ comparisons }) => comparisons > 0)
    .map((one) => ({
      expected: one.expected / one.comparisons,
      observed: one.observed / one.comparisons,
      comparisons: one.comparisons / 2,
    }));
}
