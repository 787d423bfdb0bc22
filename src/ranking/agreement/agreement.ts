import type { Comparison } from '../../core/comparison.ts';
import type { ComparisonTable } from '../../core/comparison-table.ts';
import { seededRandom } from '../../core/seeded-random.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { checkTable } from '../input/check-table.ts';
import { type Comparisons, toTable, toTableAsync } from '../input/to-table.ts';
import { type Alpha, type AlphaOptions, krippendorffAlpha } from './alpha.ts';
import { type CohenKappa, cohenKappa } from './cohen-kappa.ts';
import { type FeatureBias, featureBias } from './feature-bias.ts';
import { type FleissKappa, fleissKappa } from './fleiss-kappa.ts';
import { type MajorityAgreement, majorityAgreement } from './majority-agreement.ts';
import { type OutlierOptions, type OutlierVoters, outlierVoters } from './outlier-voters.ts';
import { decisiveAgreement, percentAgreement, type Share } from './percent-agreement.ts';
import { type PositionBias, positionBias } from './position-bias.ts';
import { type RankingConcordance, rankingConcordance } from './ranking-concordance.ts';
import type { Ratings } from './ratings.ts';
import { ratingsFromVerdicts } from './ratings-from-verdicts.ts';
import { countByUnit } from './unit-counts.ts';
import { verdictUnits } from './verdict-units.ts';

/** How agreement is measured. */
export interface AgreementOptions extends AlphaOptions {
  /** Start of the random numbers of the interval; default 1. */
  readonly seed?: number;
  /** Units that two judges must have in common for a kappa of theirs; default 10. */
  readonly fewestCommonUnits?: number;
  readonly outliers?: OutlierOptions;
}

/** How far ratings agree, whatever they are about. */
export interface RatingAgreement {
  readonly alpha: Alpha;
  /** Null when units hold too many ratings to compare every two judges. */
  readonly cohen: CohenKappa | null;
  readonly fleiss: FleissKappa;
  /** Share of pairs of ratings of one unit that agree. */
  readonly percent: Share;
}

/** What is known of one judge. */
export interface JudgeAgreement {
  readonly judge: string;
  readonly majority: MajorityAgreement;
  readonly position: PositionBias;
}

/** How far judges of comparisons agree, and what leads them astray. */
export interface Agreement extends RatingAgreement {
  /** Percent agreement over pairs of verdicts without a tie. */
  readonly decisivePercent: Share;
  /** Units (prompt and unordered pair), those with one verdict included. */
  readonly units: number;
  readonly comparisons: number;
  /** Verdicts merged into another one of the same judge on the same unit. */
  readonly merged: number;
  readonly judges: readonly JudgeAgreement[];
  /** Position bias over all verdicts. */
  readonly position: PositionBias;
  readonly features: readonly FeatureBias[];
  /** Kendall's W where comparisons come from rankings; else null. */
  readonly rankings: RankingConcordance | null;
  readonly outliers: OutlierVoters;
  readonly seed: number;
}

/**
 * Measures how far judges agree. A unit is one prompt and one unordered pair; its value is which item
 * won, in the direction of the unit's first row, so that a judge who always picks the left side does
 * not look consistent. Weights of comparisons are not used: a verdict is a verdict.
 *
 * @param comparisons a list, anything iterable or async iterable, or a table; without judges all
 * verdicts are one judge's.
 * @returns the figures; a promise of them for an async iterable.
 * @throws TuttiError `no_comparisons` for none at all, `bad_input` for an item against itself.
 * @example
 * const found = agreement([
 *   { prompt: 'p', judge: 'ann', left: 'a', right: 'b', verdict: 'left' },
 *   { prompt: 'p', judge: 'bob', left: 'b', right: 'a', verdict: 'right' },
 * ]);
 * found.percent.share; // 1
 */
export function agreement(comparisons: Comparisons, options?: AgreementOptions): Agreement;
export function agreement(
  comparisons: AsyncIterable<Comparison>,
  options?: AgreementOptions,
): Promise<Agreement>;
export function agreement(
  comparisons: Comparisons | AsyncIterable<Comparison>,
  options: AgreementOptions = {},
): Agreement | Promise<Agreement> {
  if (Symbol.asyncIterator in comparisons) {
    return toTableAsync(comparisons).then((table) => agreementOfTable(table, options));
  }
  return agreementOfTable(toTable(comparisons), options);
}

function agreementOfTable(table: ComparisonTable, options: AgreementOptions): Agreement {
  if (table.rows === 0) throw noComparisons();
  checkTable(table);
  const { seed = 1, level = 0.95 } = options;
  const units = verdictUnits(table);
  const { ratings, merged } = ratingsFromVerdicts(table, units);
  const majorities = majorityAgreement(ratings);
  const positions = positionBias(table, units, level);
  return {
    ...ratingAgreement(ratings, options),
    decisivePercent: decisiveAgreement(ratings),
    units: units.unitCount,
    comparisons: table.rows,
    merged,
    judges: ratings.judges.map((judge, id) => ({
      judge,
      majority: majorities[id]!,
      position: positions.judges[id]!,
    })),
    position: positions.all,
    features: featureBias(table, level),
    rankings: rankingConcordance(table),
    outliers: outlierVoters(table, options.outliers),
    seed,
  };
}

/** Measures how far judges agree on units of any kind, from `ratingsFromMatrix`. */
export function ratingAgreement(ratings: Ratings, options: AgreementOptions = {}): RatingAgreement {
  return {
    alpha: krippendorffAlpha(ratings, seededRandom(options.seed ?? 1), options),
    cohen: cohenKappa(ratings, options.fewestCommonUnits),
    fleiss: fleissKappa(countByUnit(ratings)),
    percent: percentAgreement(ratings),
  };
}

function noComparisons(): TuttiError {
  return new TuttiError('no_comparisons', 'There is no comparison to measure agreement on.', {
    hint: 'Give at least one row with two items and a verdict.',
  });
}
