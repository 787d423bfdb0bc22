import { seededRandom } from '../../core/seeded-random.ts';
import { type Games, LOST_BY_BOTH } from '../input/games.ts';
import { METHODS } from '../methods/methods.generated.ts';
import type { RoundScores } from '../methods/rescoring.ts';
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

function roundOf(job: BootstrapJob): (round: number) => RoundScores {
  const { options, start, games } = job;
  const { rescoring } = METHODS[options.method];
  if (rescoring.reads === 'rows') {
    const rescore = rescoring.rescorer({ table: job.rows!.table, options, start });
    const times = timesOf(job);
    return (round) => rescore(times(round));
  }
  const weights = weightsOf(job, games!);
  const rescore = rescoring.rescorer({ games: games!, options, start });
  return (round) => rescore(weights(round));
}

/** Draws how often each row takes part in a round. */
function timesOf({ rows, options }: BootstrapJob): (round: number) => Float64Array {
  const { table, units } = rows!;
  const times = new Float64Array(table.rows);
  return (round) => {
    drawMultiplicity(units, seededRandom(options.seed, STREAM + round), times);
    return times;
  };
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
  const draw = timesOf(job);
  const { game, outcome } = rows.rowGames!;
  const rowWeight = rows.table.weight;
  return (round) => {
    const times = draw(round);
    weight.fill(0);
    for (let row = 0; row < times.length; row++) {
      const count = times[row]!;
      if (count === 0 || outcome[row] === LOST_BY_BOTH) continue;
      weight[3 * game[row]! + outcome[row]!]! +=
        rowWeight === null ? count : count * rowWeight[row]!;
    }
    return weight;
  };
}
