import { seededRandom } from '../../core/seeded-random.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { type Games, LOST_BY_BOTH } from '../input/games.ts';
import { fitCrowd, judgedWins } from '../likelihood/crowd-likelihood.ts';
import { centre } from '../likelihood/newton.ts';
import { outcomeModel } from '../likelihood/outcome-models.ts';
import { Refitter } from '../likelihood/refit.ts';
import { refitLists } from '../lists/refit-lists.ts';
import { averageWinRates } from '../methods/average-win-rate.ts';
import { countingScores } from '../methods/counting.ts';
import { eigenvectorScores } from '../methods/eigenvector.ts';
import { eloRatings } from '../methods/elo.ts';
import { pagerankScores } from '../methods/pagerank.ts';
import type { ListStart } from '../methods/rating-method.ts';
import type { BootstrapJob } from './bootstrap-job.ts';
import { CellMultinomial } from './cell-multinomial.ts';
import { drawMultiplicity } from './row-multiplicity.ts';

/** Results of some rounds. */
export interface BootstrapRounds {
  /** Values of the items, one row for each round: log strengths (mean 0), or scores. */
  readonly values: Float64Array;
  /** Rounds without a finite fit, refitted with a prior of 0.5. */
  readonly degenerateRounds: number;
}

/** Keeps the rounds' random numbers apart from every other use of the seed. */
const STREAM = 0x0b007;

/**
 * Runs the rounds `from` to `to - 1`. Each round has its own random numbers, so that the results do not
 * depend on how rounds are shared among workers.
 *
 * @param onRound is told after each round how many of this range are done.
 */
export function bootstrapRounds(
  job: BootstrapJob,
  from: number,
  to: number,
  onRound: (done: number) => void = () => {},
): BootstrapRounds {
  const values = new Float64Array((to - from) * job.items);
  const round = roundOf(job);
  let degenerateRounds = 0;
  for (let at = from; at < to; at++) {
    const result = round(at);
    values.set(result.values, (at - from) * job.items);
    if (result.degenerate) degenerateRounds++;
    onRound(at - from + 1);
  }
  return { values, degenerateRounds };
}

/** Puts the results of consecutive ranges together. */
export function joinRounds(parts: readonly BootstrapRounds[]): BootstrapRounds {
  const values = new Float64Array(parts.reduce((sum, part) => sum + part.values.length, 0));
  let next = 0;
  let degenerateRounds = 0;
  for (const part of parts) {
    values.set(part.values, next);
    next += part.values.length;
    degenerateRounds += part.degenerateRounds;
  }
  return { values, degenerateRounds };
}

type Round = (round: number) => { values: Float64Array; degenerate: boolean };

function roundOf(job: BootstrapJob): Round {
  if (job.lists !== null) return listRound(job, job.lists);
  if (job.games === null) return orderedRound(job);
  const weights = weightsOf(job, job.games);
  const scores = scoresOf(job, job.games);
  return (round) => scores(weights(round));
}

/** Draws the weights of a round, by `3 * game + outcome`. */
function weightsOf(job: BootstrapJob, games: Games): (round: number) => Float64Array {
  const weight = new Float64Array(games.weight.length);
  const { rows, options } = job;
  if (rows === null) {
    const sampler = new CellMultinomial(games.weight);
    return (round) => {
      sampler.draw(seededRandom(options.seed, STREAM + round), weight);
      return weight;
    };
  }
  const times = new Float64Array(rows.table.rows);
  const { game, outcome } = rows.rowGames!;
  return (round) => {
    drawMultiplicity(rows.units, seededRandom(options.seed, STREAM + round), times);
    weight.fill(0);
    const rowWeight = rows.table.weight;
    for (let row = 0; row < times.length; row++) {
      const count = times[row]!;
      if (count === 0 || outcome[row] === LOST_BY_BOTH) continue;
      weight[3 * game[row]! + outcome[row]!]! +=
        rowWeight === null ? count : count * rowWeight[row]!;
    }
    return weight;
  };
}

/** Rates the items from the weights of a round. */
function scoresOf(
  job: BootstrapJob,
  games: Games,
): (weight: Float64Array) => { values: Float64Array; degenerate: boolean } {
  const { options } = job;
  if (job.likelihood !== null) {
    const outcome = outcomeModel(job.likelihood.outcome, options.tieWeight);
    const objective = { games, outcome, prior: options.prior, ridge: options.ridge };
    const refitter = new Refitter(objective, job.likelihood.parameters, job.likelihood.inverse);
    return (weight) => {
      const { logStrengths, degenerate } = refitter.refit(weight);
      return { values: logStrengths, degenerate };
    };
  }
  const score = countScores(job);
  return (weight) => ({ values: score({ ...games, weight }), degenerate: false });
}

function countScores({ options }: BootstrapJob): (games: Games) => Float64Array {
  switch (options.method) {
    case 'counting':
      return (games) => countingScores(games, options.tieWeight);
    case 'average-win-rate':
      return (games) => averageWinRates(games, options.tieWeight);
    case 'pagerank':
      return (games) => pagerankScores(games, options).scores;
    case 'eigenvector':
      return (games) => eigenvectorScores(games, { ...options, iterationLimit: 1000 }).scores;
    default:
      throw new TuttiError('bad_usage', `The method ${options.method} has no bootstrap.`);
  }
}

/** Rounds of methods that read rows: resampled rows keep their place in the order. */
function orderedRound(job: BootstrapJob): Round {
  const { table, units } = job.rows!;
  const times = new Float64Array(table.rows);
  return (round) => {
    drawMultiplicity(units, seededRandom(job.options.seed, STREAM + round), times);
    if (job.crowd === null) {
      return { values: eloRatings(table, job.options, undefined, times), degenerate: false };
    }
    const wins = judgedWins(table, table.groups.judge!, times);
    const { logStrengths } = fitCrowd(wins, job.crowd, { tolerance: 1e-6, iterationLimit: 1000 });
    const values = logStrengths.slice();
    centre(values, values.length);
    return { values, degenerate: false };
  };
}

/** Rounds of ordered lists: a list is drawn as often as the cluster that its rows are in. */
function listRound({ rows, options }: BootstrapJob, start: ListStart): Round {
  const { table, units } = rows!;
  const times = new Float64Array(table.rows);
  return (round) => {
    drawMultiplicity(units, seededRandom(options.seed, STREAM + round), times);
    return refitLists(start, options.prior, times);
  };
}
