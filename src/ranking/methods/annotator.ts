import { seededRandom } from '../../core/seeded-random.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { addUpGames } from '../input/games.ts';
import type { RatingData } from '../input/rating-data.ts';
import { bradleyTerryOutcome } from '../likelihood/bradley-terry-outcome.ts';
import {
  type CrowdFit,
  crowdLikelihood,
  fitCrowd,
  type JudgedWins,
  judgedWins,
  judgeTotals,
} from '../likelihood/crowd-likelihood.ts';
import { maximise } from '../likelihood/newton.ts';
import type { ResolvedOptions } from '../options/options.ts';
import { centred, strengths } from './likelihood-fit.ts';
import type { RatingMethod } from './rating-method.ts';

const SEEDED_STARTS = 3;
/** How far rounds of a bootstrap are followed: far below what resampling changes. */
const IN_ROUNDS = { tolerance: 1e-6, iterationLimit: 1000 };
/** Reliability of a judge of whom nothing is known. */
const USUAL_RELIABILITY = 0.9;

type CrowdStart = Pick<CrowdFit, 'logStrengths' | 'reliability'>;
/** Fits whose heights differ by less than this per unit of height count as the same. */
const SAME_HEIGHT = 1e-5;
/** Residual at which a start is left; only the best is followed to the end. */
const ROUGH = 1e-5;

/** Rates items and judges together: unreliable judges count less, contrary ones the other way round. */
export const method: RatingMethod = {
  name: 'annotator',
  about:
    'Crowd-BT: strengths and the reliability of each judge together; a local maximum; sum to 1.',
  ratings: 'strengths',
  likelihood: null,
  side: false,
  lossForBoth: false,
  iterationLimit: 100_000,
  localMaximum: true,
  rescoring: {
    reads: 'rows',
    judges: true,
    rescorer:
      ({ table, start }) =>
      (times) => {
        const wins = judgedWins(table, table.groups.judge!, times);
        const { logStrengths } = fitCrowd(wins, start as CrowdStart, IN_ROUNDS);
        return { values: centred(logStrengths), degenerate: false };
      },
  },
  fit(data, options) {
    const judges = data.table.groups.judge;
    if (judges === undefined) {
      throw new TuttiError('bad_usage', 'The method annotator needs to know the judges.', {
        hint: 'Give the comparisons a column judge (or worker).',
      });
    }
    const wins = judgedWins(data.table, judges);
    const fits = fitsFromStarts(data, wins, options);
    const highest = fits.reduce((one, other) =>
      other.logPosterior > one.logPosterior ? other : one,
    );
    const best = fitCrowd(wins, highest, options);
    const spread = SAME_HEIGHT * Math.abs(best.logPosterior);
    const agreeing = fits.filter((fit) => best.logPosterior - fit.logPosterior <= spread).length;
    const logStrengths = centred(best.logStrengths);
    const ties = data.table.rows - wins.weight.length;
    const totals = judgeTotals(wins);
    return {
      scores: strengths(logStrengths),
      iterations: best.iterations,
      residual: best.residual,
      converged: best.converged,
      likelihood: null,
      logLikelihood: crowdLikelihood(wins, best),
      logStrengths,
      start: startOf(logStrengths, best.reliability, totals),
      judges: Array.from(best.reliability, (reliability, judge) => ({
        judge: judges.names?.[judge] ?? String(judge),
        reliability,
        comparisons: totals[judge]!,
      })).filter((one) => one.comparisons > 0),
      notes: [
        `A local maximum: ${agreeing} of ${fits.length} starts reached it.`,
        ...(ties > 0 ? [`${ties} comparisons without a winner are left out.`] : []),
      ],
      problems: best.converged
        ? []
        : [`The fit did not converge: residual ${best.residual.toExponential(1)}.`],
    };
  },
};

function startOf(
  logStrengths: Float64Array,
  reliability: Float64Array,
  totals: Float64Array,
): CrowdStart {
  const known = reliability.map((one, judge) => (totals[judge]! > 0 ? one : USUAL_RELIABILITY));
  return { logStrengths, reliability: known };
}

function fitsFromStarts(data: RatingData, wins: JudgedWins, options: ResolvedOptions): CrowdFit[] {
  const games = addUpGames(data.table);
  const objective = { games, outcome: bradleyTerryOutcome(0), prior: 1, ridge: 0 };
  const fitted = maximise(objective).parameters;
  const random = seededRandom(options.seed, 0xc0bd);
  const rough = {
    tolerance: Math.max(ROUGH, options.tolerance),
    iterationLimit: options.iterationLimit,
  };
  const starts = [fitted];
  for (let start = 0; start < SEEDED_STARTS; start++) {
    starts.push(fitted.map(() => 2 * random() - 1));
  }
  return starts.map((logStrengths) => {
    const reliability = new Float64Array(wins.judges).fill(USUAL_RELIABILITY);
    const fit = fitCrowd(wins, { logStrengths, reliability }, rough);
    return isUpright(wins, fit.reliability) ? fit : turned(wins, fit, rough);
  });
}

/** True when the judges, weighted by their verdicts, are right more often than not. */
function isUpright(wins: JudgedWins, reliability: Float64Array): boolean {
  const totals = judgeTotals(wins);
  let right = 0;
  let all = 0;
  totals.forEach((total, judge) => {
    right += total * reliability[judge]!;
    all += total;
  });
  return right >= 0.5 * all;
}

function turned(
  wins: JudgedWins,
  fit: CrowdFit,
  options: Pick<ResolvedOptions, 'tolerance' | 'iterationLimit'>,
): CrowdFit {
  const start = {
    logStrengths: fit.logStrengths.map((one) => -one),
    reliability: fit.reliability.map((one) => Math.min(0.999, Math.max(0.001, 1 - one))),
  };
  return fitCrowd(wins, start, options);
}
