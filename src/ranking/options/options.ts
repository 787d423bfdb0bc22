import type { ClusterUnit } from '../input/cluster-ids.ts';
import type { BothBad } from '../input/select-rows.ts';
import type { MethodName } from './method-names.generated.ts';

/** Everything a ranking can be told. */
export interface RankOptions {
  /** Default `bradley-terry`. */
  readonly method?: MethodName | undefined;
  /** Part of a win that a tie is worth on each side, 0 to 1; default 0.5. Models of ties do not use it. */
  readonly tieWeight?: number | undefined;
  /** A verdict that both are bad is a tie (default), a loss for both (for methods that tell it from a tie), or left out. */
  readonly bothBad?: BothBad | undefined;
  /** K: every item wins K/2 and loses K/2 against a fixed item of rating 1000; default 0. Only for the likelihood methods. */
  readonly prior?: number | undefined;
  /** Estimates the advantage of the side shown first; default false. Only for the likelihood methods. */
  readonly side?: boolean | undefined;
  /** Shifts all ratings so that this item has this rating; changes no width. */
  readonly anchor?: { readonly item: string; readonly rating: number } | undefined;
  /** Items with fewer comparisons are left out; default 0. */
  readonly minComparisons?: number | undefined;
  /**
   * Weighs each comparison by 1 / how often its two items met, at least this often; default all alike.
   */
  readonly reweight?: number | undefined;
  /** Tells which rows of the table count; default all. */
  readonly keep?: ((row: number) => boolean) | undefined;
  /** Names of the feature columns for `contextual`; default all there are. */
  readonly features?: readonly string[] | undefined;
  /** λ of the penalty λ/2 γ² on coefficients of features; default 0. */
  readonly ridge?: number | undefined;
  /** Default `sandwich` where the method has one, else `none`. */
  readonly intervals?: 'sandwich' | 'bootstrap' | 'none' | undefined;
  /** How a bootstrap interval is read off; default `percentile`. */
  readonly bootstrapInterval?: 'percentile' | 'basic' | 'bca' | undefined;
  /** Rounds of the bootstrap; default 1000. */
  readonly rounds?: number | undefined;
  /** Seed of everything random; default 1. */
  readonly seed?: number | undefined;
  /** Confidence level of intervals and rank ranges, above 0 and below 1; default 0.95. */
  readonly level?: number | undefined;
  /** What is independent of what; default the first known of prompt and judge with at least 10 values, ranking, comparison. */
  readonly cluster?: ClusterUnit | undefined;
  /** Largest residual of a converged fit; default 1e-9. */
  readonly tolerance?: number | undefined;
  /** Most iterations of a fit; default 100; for methods of many cheap iterations 100,000. */
  readonly iterationLimit?: number | undefined;
  /** Points that one comparison can move at most in `elo`; default 4. */
  readonly eloK?: number | undefined;
  /** Rating with which items begin in `elo`; default 1000. */
  readonly eloStart?: number | undefined;
  /** Random orders behind `shuffledMean` and `shuffledSd` of `elo`; default 20; 0 for none. */
  readonly shuffles?: number | undefined;
  /** Probability of following a lost comparison in `pagerank`, 0 to below 1; default 0.85. */
  readonly damping?: number | undefined;
}

/** Options with every default filled in. */
export interface ResolvedOptions {
  readonly method: MethodName;
  readonly tieWeight: number;
  readonly bothBad: BothBad;
  readonly prior: number;
  readonly side: boolean;
  readonly anchor: { readonly item: string; readonly rating: number } | null;
  readonly minComparisons: number;
  /** Null where comparisons are not weighed by how often their pair met. */
  readonly reweight: number | null;
  readonly features: readonly string[] | null;
  readonly ridge: number;
  readonly intervals: 'sandwich' | 'bootstrap' | 'none';
  readonly bootstrapInterval: 'percentile' | 'basic' | 'bca';
  readonly rounds: number;
  readonly seed: number;
  readonly level: number;
  readonly cluster: ClusterUnit;
  readonly tolerance: number;
  readonly iterationLimit: number;
  readonly eloK: number;
  readonly eloStart: number;
  readonly shuffles: number;
  readonly damping: number;
}
