import { seededRandom } from '../../core/seeded-random.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { checkTable } from '../input/check-table.ts';
import { type Comparisons, toTable, toTableAsync } from '../input/to-table.ts';
import type { Comparison } from '../table/comparison.ts';
import type { ComparisonTable } from '../table/comparison-table.ts';
import { type Alpha, type AlphaOptions, krippendorffAlpha } from './alpha.ts';
import { type CohenKappa, cohenKappa } from './cohen-kappa.ts';
import { type FeatureBias, featureBias } from './feature-bias.ts';
import { type FleissKappa, fleissKappa } from './fleiss-kappa.ts';
import { type GwetAc1, gwetAc1 } from './gwet-ac1.ts';
import { jackknifeBounds, NO_BOUNDS, orFromShare } from './jackknife.ts';
import { type MajorityAgreement, majorityAgreement } from './majority-agreement.ts';
import { type OutlierOptions, type OutlierVoters, outlierVoters } from './outlier-voters.ts';
import { decisiveAgreement, percentAgreement } from './percent-agreement.ts';
import { type PositionBias, positionBias } from './position-bias.ts';
import { type RankingConcordance, rankingConcordance } from './ranking-concordance.ts';
import { countUnits, type Ratings } from './ratings.ts';
import { ratingsFromVerdicts } from './ratings-from-verdicts.ts';
import { promptBlocks, singleUnits, type UnitBlocks } from './unit-blocks.ts';
import { sumUnits, withoutBlocks } from './unit-sums.ts';
import { verdictUnits } from './verdict-units.ts';
import { wholeVerdicts } from './whole-verdicts.ts';
import type { ShareInterval } from './wilson.ts';

/** How agreement is measured. */
export interface AgreementOptions extends AlphaOptions {
  /** What intervals take for independent; default prompt where there are two or more, else unit. */
  readonly cluster?: 'prompt' | 'unit';
  /** Start of the random numbers of the interval; default 1. */
  readonly seed?: number;
  /** Units that two judges must have in common for a kappa of theirs; default 10. */
  readonly fewestCommonUnits?: number;
  readonly outliers?: OutlierOptions;
  /** False where nobody knows which answer was shown first: nothing is said of sides then. Default true. */
  readonly sides?: boolean;
}

/** How far ratings agree, whatever they are about. */
export interface RatingAgreement {
  readonly alpha: Alpha;
  /** Null when units hold too many ratings to compare every two judges. */
  readonly cohen: CohenKappa | null;
  readonly fleiss: FleissKappa;
  readonly ac1: GwetAc1;
  /** Share of pairs of ratings of one unit that agree. */
  readonly percent: ShareInterval;
  /** What the intervals take for independent, and how many there are. */
  readonly clusters: { readonly unit: 'prompt' | 'unit'; readonly count: number };
}

/** What is known of one judge. */
export interface JudgeAgreement {
  readonly judge: string;
  readonly majority: MajorityAgreement;
  /** Null where sides are not known. */
  readonly position: PositionBias | null;
}

/** How far judges of comparisons agree, and what leads them astray. */
export interface Agreement extends RatingAgreement {
  /** Percent agreement over pairs of verdicts without a tie. */
  readonly decisivePercent: ShareInterval;
  /** Units (prompt and unordered pair), those with one verdict included. */
  readonly units: number;
  readonly comparisons: number;
  /** Verdicts merged into another one of the same judge on the same unit. */
  readonly merged: number;
  readonly judges: readonly JudgeAgreement[];
  /** Position bias over all verdicts; null where sides are not known. */
  readonly position: PositionBias | null;
  readonly features: readonly FeatureBias[];
  /** Kendall's W where comparisons come from rankings; else null. */
  readonly rankings: RankingConcordance | null;
  readonly outliers: OutlierVoters;
  readonly seed: number;
}

/**
 * Measures how far judges agree. A unit is one prompt and one unordered pair; its value is which item
 * won, so that a judge who always picks the left side does not look consistent. Each unit is counted
 * from both of its sides, so that nothing depends on the order of the rows (but the sequential test of
 * outlier voters, which follows it). Weights are not used: a verdict is a verdict. Every figure has an
 * interval that takes prompts, where they are known, for independent, and not single verdicts.
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
  const whole = wholeVerdicts(table);
  const outliers = outlierVoters(whole, options.outliers);
  const judges = [...outliers.judges].sort((a, b) => compareTexts(a.judge, b.judge));
  const found = agreementOfVerdicts(judgesByName(whole), options);
  return { ...found, outliers: { ...outliers, judges } };
}

function agreementOfVerdicts(
  table: ComparisonTable,
  options: AgreementOptions,
): Omit<Agreement, 'outliers'> {
  const { seed = 1, level = 0.95 } = options;
  const units = verdictUnits(table);
  const { ratings, merged } = ratingsFromVerdicts(table, units);
  const blocks =
    options.cluster === 'unit' ? singleUnits(units.unitCount) : promptBlocks(table, units);
  const majorities = majorityAgreement(ratings, blocks, level);
  const positions = options.sides === false ? null : positionBias(table, units, blocks, level);
  return {
    ...agreementOfBlocks(ratings, blocks, options),
    decisivePercent: decisiveAgreement(ratings, blocks, level),
    units: units.unitCount,
    comparisons: table.rows,
    merged,
    judges: ratings.judges.map((judge, id) => ({
      judge,
      majority: majorities[id]!,
      position: positions?.judges[id] ?? null,
    })),
    position: positions?.all ?? null,
    features: featureBias(table, level),
    rankings: rankingConcordance(table, level),
    seed,
  };
}

/** Measures how far judges agree on units of any kind, from `ratingsFromMatrix`; units are independent. */
export function ratingAgreement(ratings: Ratings, options: AgreementOptions = {}): RatingAgreement {
  return agreementOfBlocks(ratings, singleUnits(countUnits(ratings)), options);
}

function agreementOfBlocks(
  ratings: Ratings,
  blocks: UnitBlocks,
  options: AgreementOptions,
): RatingAgreement {
  const { level = 0.95, seed = 1, interval = 'clusters', fewestCommonUnits } = options;
  const random = seededRandom(seed);
  const percent = percentAgreement(ratings, blocks, level);
  const alpha = krippendorffAlpha(ratings, random, options, blocks);
  const wanted = interval === 'none' ? null : level;
  const shared = shareCoefficients(ratings, blocks, wanted, percent);
  const cohen = cohenKappa(ratings, fewestCommonUnits, blocks, wanted, (none) =>
    orFromShare(none, shared.fleiss.chance, percent),
  );
  return {
    alpha: withShareBounds(alpha, percent),
    cohen,
    ...shared,
    percent,
    clusters: { unit: blocks.name, count: blocks.count },
  };
}

/** Where no block differs from the others, the bounds are those of the share of agreement. */
function withShareBounds(alpha: Alpha, percent: ShareInterval): Alpha {
  if (alpha.interval !== 'clusters' || alpha.distance !== 'nominal') return alpha;
  const { low, high } = orFromShare(alpha, 1 - alpha.expected / alpha.ratings, percent);
  return { ...alpha, low, high };
}

/** The coefficients that rest on mean shares of values, with their bounds. */
function shareCoefficients(
  ratings: Ratings,
  blocks: UnitBlocks,
  level: number | null,
  percent: ShareInterval,
): { fleiss: FleissKappa; ac1: GwetAc1 } {
  const sums = sumUnits(ratings);
  const values = sums.shares.reduce((count, share) => count + (share > 0 ? 1 : 0), 0);
  const fleiss = fleissKappa(sums);
  const ac1 = gwetAc1(sums, values);
  const without =
    level === null
      ? null
      : withoutBlocks(ratings, blocks, sums, [
          (rest) => fleissKappa(rest).kappa,
          (rest) => gwetAc1(rest, values).ac1,
        ]);
  const boundsOf = (value: number | null, chance: number | null, k: number) =>
    without === null || value === null
      ? NO_BOUNDS
      : orFromShare(jackknifeBounds(value, without[k]!, level!), chance, percent);
  const sizes = new Set<number>();
  for (let unit = 0; unit < countUnits(ratings); unit++) {
    const size = ratings.unitStart[unit + 1]! - ratings.unitStart[unit]!;
    if (size > 1) sizes.add(size);
  }
  return {
    fleiss: { ...fleiss, ...boundsOf(fleiss.kappa, fleiss.chance, 0), equalSizes: sizes.size <= 1 },
    ac1: { ...ac1, ...boundsOf(ac1.ac1, ac1.chance, 1) },
  };
}

function noComparisons(): TuttiError {
  return new TuttiError('no_comparisons', 'There is no comparison to measure agreement on.', {
    hint: 'Give at least one row with two items and a verdict.',
  });
}

/** The table with its judges numbered in the order of their names, not of their first verdicts. */
function judgesByName(table: ComparisonTable): ComparisonTable {
  const judge = table.groups.judge;
  if (!judge?.names) return table;
  const { names } = judge;
  const order = [...names.keys()].sort((a, b) => compareTexts(names[a]!, names[b]!));
  const numbers = new Uint32Array(names.length);
  for (const [number, id] of order.entries()) numbers[id] = number;
  const ids = judge.ids.subarray(0, table.rows).map((id) => numbers[id] ?? id);
  const sorted = { ...judge, ids, names: order.map((id) => names[id]!) };
  return { ...table, groups: { ...table.groups, judge: sorted } };
}

/** By code units, the same everywhere. */
function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
