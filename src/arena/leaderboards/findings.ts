import { mention } from '../../core/option-mention.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import {
  allDifferences,
  alternatives,
  bestProbabilities,
  type ComparisonPlan,
  chooseMethod,
  type Difference,
  differencesAgainst,
  type Estimate,
  type FitTest,
  type Fragility,
  fitTest,
  fragility,
  type HeldOutFit,
  METHODS,
  type PreparedRanking,
  planComparisons,
  RATING_SCALE,
  type Ranking,
  type ResidualPair,
  scaleEstimate,
  type WinProbability,
  type WinRate,
  winProbabilities,
  winRates,
  worstPairs,
} from '../../ranking/index.ts';

/** What to find out beyond the ranking itself. */
export interface FindingOptions {
  /** p(x beats y) of all pairs. */
  readonly matrix?: boolean | undefined;
  /** Differences to this item, with simultaneous intervals. */
  readonly against?: string | undefined;
  /** All differences with adjusted p-values. */
  readonly differences?: boolean | undefined;
  /** Probability of each item to be the best, and among the first so many. */
  readonly best?: number | undefined;
  /** Comparisons needed to tell the first from the second. */
  readonly plan?: boolean | undefined;
  /** The worst ten pairs and a test of fit. */
  readonly misfit?: boolean | undefined;
  /** Fewest votes that the first place hangs on. */
  readonly fragility?: boolean | undefined;
  /** Win rates against this item, with the length held equal if a feature of it is named. */
  readonly winRate?:
    | { readonly baseline: string; readonly length?: string | undefined }
    | undefined;
  /** Held-out comparison of the models of ties. */
  readonly choose?: boolean | undefined;
}

/** What was found; each part only where it was asked for and the method has it. */
export interface Findings {
  readonly matrix?: readonly (readonly (WinProbability | null)[])[];
  /** In points of the rating (of the score for methods without one), like the next two. */
  readonly against?: readonly Difference[];
  readonly differences?: { readonly pairs: readonly Difference[]; readonly separated: number };
  readonly plan?: ComparisonPlan | null;
  readonly best?: readonly { readonly item: string; readonly best: number; readonly top: number }[];
  readonly top?: number;
  readonly misfit?: { readonly test: FitTest; readonly pairs: readonly ResidualPair[] };
  readonly fragility?: Fragility;
  readonly choice?: readonly HeldOutFit[];
  readonly winRates?: {
    readonly baseline: string;
    readonly lengthControlled: boolean;
    readonly items: readonly WinRate[];
  };
}

/**
 * Finds out what was wanted.
 *
 * @param alone true when this is the only method: what it lacks is then an error, not left out.
 * @throws TuttiError `bad_usage` for an unknown baseline, or what the only method lacks.
 */
export function findingsOf(
  prepared: PreparedRanking,
  ranking: Ranking,
  options: FindingOptions,
  alone: boolean,
): Findings {
  const { estimate } = ranking;
  const { level } = ranking.options;
  const points = estimate === null ? null : inPoints(ranking, estimate);
  const ofPairs = METHODS[ranking.method].likelihood === 'pairs';
  const has = (wanted: unknown, there: boolean, lacking: string) => {
    if (wanted === undefined || wanted === false || there)
      return wanted !== undefined && wanted !== false;
    if (alone) throw lacks(ranking.method, lacking);
    return false;
  };
  const rated = ranking.items.every(({ rating }) => rating !== null);
  const covered = points !== null;
  return {
    ...(has(options.matrix, rated, 'probabilities of winning') &&
      rated && { matrix: winProbabilities(ranking) }),
    ...(has(options.against, covered, 'intervals') &&
      points && { against: differencesAgainst(points, options.against!, level) }),
    ...(has(options.differences, covered, 'intervals') &&
      points && { differences: allDifferences(points, level) }),
    ...(has(options.plan, covered, 'intervals') &&
      points && { plan: planComparisons(points, ranking.fit.comparisons, level) }),
    ...(has(options.best, covered, 'intervals') &&
      points &&
      bestOf(ranking, points, options.best!)),
    ...(has(options.misfit, ofPairs, 'likelihood') &&
      ofPairs && { misfit: { test: fitTest(prepared), pairs: worstPairs(prepared) } }),
    ...(has(options.fragility, ofPairs, 'likelihood') &&
      ofPairs && { fragility: fragility(prepared) }),
    ...(options.choose === true && { choice: chooseMethod(prepared) }),
    ...(options.winRate && { winRates: winRatesOf(prepared, options.winRate, level) }),
  };
}

function winRatesOf(
  { votes }: PreparedRanking,
  { baseline, length }: NonNullable<FindingOptions['winRate']>,
  level: number,
): NonNullable<Findings['winRates']> {
  const items = winRates(votes, { baseline, length, level });
  return { baseline, lengthControlled: length !== undefined, items };
}

/** The estimate in the unit that users see: points of the rating, or the score. */
function inPoints({ method }: Ranking, estimate: Estimate): Estimate {
  const strengths = METHODS[method].ratings === 'strengths';
  return strengths ? scaleEstimate(estimate, RATING_SCALE) : estimate;
}

function bestOf(ranking: Ranking, estimate: Estimate, wanted: number) {
  const top = Math.min(wanted, estimate.items.length);
  const found = bestProbabilities(estimate, top, ranking.options.seed);
  const at = new Map(estimate.items.map((item, place) => [item, place]));
  const best = ranking.items.map(({ item }) => ({
    item,
    best: found.best[at.get(item)!]!,
    top: found.top[at.get(item)!]!,
  }));
  return { best, top };
}

function lacks(method: string, what: string): TuttiError {
  const hint =
    what === 'intervals'
      ? `Use ${mention('intervals', 'bootstrap')}, or a method of the Bradley-Terry family.`
      : `Use ${alternatives((one) => one.likelihood === 'pairs')}.`;
  return new TuttiError('bad_usage', `${method} has no ${what} here, which this needs.`, { hint });
}
