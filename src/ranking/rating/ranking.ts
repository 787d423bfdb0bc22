import type { PassedOver } from '../input/default-unit.ts';
import type { Estimate } from '../intervals/estimate.ts';
import type { JudgeReliability } from '../methods/rating-method.ts';
import type { ResolvedOptions } from '../options/options.ts';

/** One item of a ranking. Numbers of comparisons are sums of weights. */
export interface RankedItem {
  readonly item: string;
  /** What the method computes; see `RatingMethod.about`. */
  readonly score: number;
  /** 1000 + (400 / ln 10)(θ - mean θ) for strengths, the score for `elo`, null otherwise. */
  readonly rating: number | null;
  /** Lower bound of `rating`, or of `score` where rating is null; null without intervals. */
  readonly low: number | null;
  readonly high: number | null;
  /** 1 for the best; equal scores share a rank: 1, 2, 2, 4. */
  readonly rank: number;
  /** Best rank that the intervals allow, for all items at once; null without a covariance. */
  readonly rankLow: number | null;
  readonly rankHigh: number | null;
  /** Arena's range: 1 + the number of items whose `low` is above this one's `high`. */
  readonly rankOverlap: number | null;
  readonly comparisons: number;
  readonly wins: number;
  readonly losses: number;
  readonly ties: number;
  /** Mean and standard deviation of the rating over random orders; only for `elo`. */
  readonly shuffledMean?: number;
  readonly shuffledSd?: number;
}

/** How a fit went and what its intervals rest on. */
export interface FitReport {
  readonly iterations: number;
  readonly residual: number;
  readonly converged: boolean | 'local';
  /** Of the votes alone, without the penalty of a prior; null for methods without one. */
  readonly logLikelihood: number | null;
  /** Parameter of ties: `nu`, `v` or `theta`. */
  readonly ties: { readonly name: string; readonly value: number } | null;
  /** What was taken as independent; null without intervals. */
  readonly unit: string | null;
  readonly clusters: number | null;
  /** Clusters of equal size that are worth as much; Student's t has one degree of freedom fewer. */
  readonly effectiveClusters: number | null;
  /** Units with fewer than 10 clusters that were not taken; every claim also holds by their error. */
  readonly passedOver: readonly PassedOver[];
  /** Mean ratio of the standard errors to those by comparison; null without a sandwich. */
  readonly widening: number | null;
  readonly comparisons: number;
  readonly intervals: 'sandwich' | 'bootstrap' | 'none';
  readonly rounds: number | null;
  /** Bootstrap rounds without a finite fit, refitted with a prior of 0.5. */
  readonly degenerateRounds: number | null;
  readonly seed: number;
}

/** An estimated coefficient: the side shown first, or a feature. */
export interface Coefficient {
  readonly name: string;
  /** Log odds for the side, or for one standard deviation of the feature. */
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  /** Standard deviation of the feature as given; 1 for the side. */
  readonly standardDeviation: number;
}

/** A ranking: the items, best first, and how far it can be trusted. */
export interface Ranking {
  readonly method: ResolvedOptions['method'];
  readonly options: ResolvedOptions;
  readonly fit: FitReport;
  readonly items: readonly RankedItem[];
  readonly coefficients: readonly Coefficient[];
  /** Judges with their reliability; empty except for `annotator`. */
  readonly judges: readonly JudgeReliability[];
  /** What the reader should know. */
  readonly warnings: readonly string[];
  /** Why the result is not to be trusted; a command that meets one ends with exit code 1. */
  readonly problems: readonly string[];
  /** Values and covariance, items in the order of the table; null without a covariance. Not for output. */
  readonly estimate: Estimate | null;
}

/** A ranking as it is written to JSON: without the covariance. */
export type RankingRecord = Omit<Ranking, 'estimate'>;

/** Leaves out of a ranking what is not for output. */
export function rankingRecord({ estimate: _, ...record }: Ranking): RankingRecord {
  return record;
}
