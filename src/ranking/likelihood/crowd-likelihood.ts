import { PairIndex } from '../input/pair-index.ts';
import {
  type ComparisonTable,
  type GroupColumn,
  VERDICT_CODES,
} from '../table/comparison-table.ts';
import { bradleyTerryOutcome } from './bradley-terry-outcome.ts';
import { largestResidual, maximise, residualScale } from './newton.ts';
import { evaluateObjective } from './objective.ts';
import { logistic, softplus } from './outcome-model.ts';

/** Pseudo-verdicts that each judge starts with: Beta(10, 1) has its mode where 9 more were right. */
const PRIOR_RIGHT = 9;
/** Games of each item against the fixed virtual item: half won, half lost. */
const VIRTUAL_GAMES = 1;
/** One Newton step an iteration is enough for the height to rise. */
const STEPS_WITHIN = 1;

/** Decisive verdicts added up by judge and ordered pair: `weight` times `winner` beat `loser`. */
export interface JudgedWins {
  readonly items: number;
  readonly judges: number;
  readonly winner: Uint32Array;
  readonly loser: Uint32Array;
  readonly judge: Uint32Array;
  readonly weight: Float64Array;
}

/** Where the iteration ended. */
export interface CrowdFit {
  readonly logStrengths: Float64Array;
  /** Probability that a judge's verdict follows the strengths, by judge. */
  readonly reliability: Float64Array;
  readonly logPosterior: number;
  readonly iterations: number;
  readonly residual: number;
  readonly converged: boolean;
}

/** Leaves out ties and adds up the other verdicts; one entry a row, `times` multiplies its weight. */
export function judgedWins(
  table: ComparisonTable,
  judges: GroupColumn,
  times?: Float64Array,
): JudgedWins {
  const rows: number[] = [];
  for (let row = 0; row < table.rows; row++) {
    const decisive = table.verdict[row]! < VERDICT_CODES.tie;
    if (decisive && (times === undefined || times[row]! > 0)) rows.push(row);
  }
  const first = (row: number) => table.verdict[row] === VERDICT_CODES.left;
  return {
    items: table.items.length,
    judges: judges.count,
    winner: Uint32Array.from(rows, (row) => (first(row) ? table.left : table.right)[row]!),
    loser: Uint32Array.from(rows, (row) => (first(row) ? table.right : table.left)[row]!),
    judge: Uint32Array.from(rows, (row) => judges.ids[row]!),
    weight: Float64Array.from(
      rows,
      (row) => (table.weight?.[row] ?? 1) * (times === undefined ? 1 : times[row]!),
    ),
  };
}

/**
 * Crowd-BT (Chen, Bennett, Collins-Thompson, Horvitz 2013): P(judge k puts i above j) = η_k p + (1 - η_k)(1 - p),
 * p = 1 / (1 + e^(θ_j - θ_i)), with a Beta(10, 1) prior on η_k and one virtual game an item, maximised by
 * EM: each verdict is shared between "followed the strengths" and "went against them", then strengths
 * and reliabilities are fitted to the shares. The height never falls; the maximum is a local one.
 */
export function fitCrowd(
  wins: JudgedWins,
  start: { readonly logStrengths: Float64Array; readonly reliability: Float64Array },
  options: { readonly tolerance: number; readonly iterationLimit: number },
): CrowdFit {
  let { logStrengths, reliability } = start;
  const index = new PairIndex(wins.items);
  const pair = Uint32Array.from(wins.winner, (winner, at) =>
    index.idOf(Math.min(winner, wins.loser[at]!), Math.max(winner, wins.loser[at]!)),
  );
  const verdicts = judgeTotals(wins);
  let residual = Number.POSITIVE_INFINITY;
  let iterations = 0;
  while (iterations < options.iterationLimit) {
    const shares = expectation(wins, logStrengths, reliability);
    const games = sharedGames(wins, shares.followed, pair, index);
    const objective = {
      games,
      outcome: bradleyTerryOutcome(0),
      prior: VIRTUAL_GAMES,
      ridge: 0,
    };
    const { gradient } = evaluateObjective(objective, logStrengths);
    const next = shares.perJudge.map(
      (sum, judge) => (sum + PRIOR_RIGHT) / (verdicts[judge]! + PRIOR_RIGHT),
    );
    residual = largestResidual(gradient, residualScale(objective));
    next.forEach((one, judge) => {
      residual = Math.max(residual, Math.abs(one - reliability[judge]!));
    });
    iterations++;
    if (residual <= options.tolerance) break;
    reliability = next;
    logStrengths = maximise(objective, {
      start: logStrengths,
      iterationLimit: STEPS_WITHIN,
    }).parameters;
  }
  return {
    logStrengths,
    reliability,
    logPosterior: logPosterior(wins, logStrengths, reliability),
    iterations,
    residual,
    converged: residual <= options.tolerance,
  };
}

/** Weight of the verdicts of each judge. */
export function judgeTotals(wins: JudgedWins): Float64Array {
  const totals = new Float64Array(wins.judges);
  wins.judge.forEach((judge, at) => {
    totals[judge]! += wins.weight[at]!;
  });
  return totals;
}

function expectation(wins: JudgedWins, logStrengths: Float64Array, reliability: Float64Array) {
  const followed = new Float64Array(wins.weight.length);
  const perJudge = new Float64Array(wins.judges);
  for (let at = 0; at < followed.length; at++) {
    const p = logistic(logStrengths[wins.winner[at]!]! - logStrengths[wins.loser[at]!]!);
    const eta = reliability[wins.judge[at]!]!;
    const right = eta * p;
    const share = right / (right + (1 - eta) * (1 - p));
    followed[at] = share;
    perJudge[wins.judge[at]!]! += share * wins.weight[at]!;
  }
  return { followed, perJudge };
}

function sharedGames(
  wins: JudgedWins,
  followed: Float64Array,
  pair: Uint32Array,
  index: PairIndex,
) {
  const weight = new Float64Array(3 * index.count);
  for (let at = 0; at < pair.length; at++) {
    const winnerIsFirst = wins.winner[at]! < wins.loser[at]!;
    const cell = 3 * pair[at]!;
    weight[cell + (winnerIsFirst ? 0 : 1)]! += wins.weight[at]! * followed[at]!;
    weight[cell + (winnerIsFirst ? 1 : 0)]! += wins.weight[at]! * (1 - followed[at]!);
  }
  return {
    items: wins.items,
    count: index.count,
    ...index.members(),
    weight,
    squaredWeight: weight,
    covariates: new Float64Array(0),
    covariateCount: 0,
  };
}

/** The log-likelihood of the verdicts, without the priors. */
export function crowdLikelihood(
  wins: JudgedWins,
  { logStrengths, reliability }: Pick<CrowdFit, 'logStrengths' | 'reliability'>,
): number {
  let sum = 0;
  for (let at = 0; at < wins.weight.length; at++) {
    const p = logistic(logStrengths[wins.winner[at]!]! - logStrengths[wins.loser[at]!]!);
    const eta = reliability[wins.judge[at]!]!;
    sum += wins.weight[at]! * Math.log(eta * p + (1 - eta) * (1 - p));
  }
  return sum;
}

function logPosterior(
  wins: JudgedWins,
  logStrengths: Float64Array,
  reliability: Float64Array,
): number {
  let sum = crowdLikelihood(wins, { logStrengths, reliability });
  for (const eta of reliability) sum += PRIOR_RIGHT * Math.log(eta);
  for (const value of logStrengths) {
    sum -= (VIRTUAL_GAMES / 2) * (softplus(value) + softplus(-value));
  }
  return sum;
}
