import type { RatingData } from '../input/rating-data.ts';
import type { LikelihoodErrors } from '../intervals/unit-errors.ts';
import type { LikelihoodFit } from '../likelihood/fit-likelihood.ts';
import type { TieModel } from '../likelihood/tie-model.ts';
import type { MethodName } from '../options/method-names.generated.ts';
import type { ResolvedOptions } from '../options/options.ts';
import type { Rescoring } from './rescoring.ts';

/**
 * One rating method: what it computes, and all that the rest of the program has to know of it. A file of
 * this folder that exports one as `method` is listed by `npm run generate`; nothing else names it.
 */
export interface RatingMethod {
  /** As users write it, and as the file is called. */
  readonly name: MethodName;
  /** What a score means, one sentence for users. */
  readonly about: string;
  /**
   * What its ratings are: `strengths`, 1000 + (400 / ln 10)(θ - mean θ) of log strengths θ; `points`, the
   * scores themselves; null for a method without ratings, which has no anchor either.
   */
  readonly ratings: 'strengths' | 'points' | null;
  /**
   * The likelihood that it maximises: of the verdicts on pairs, which has a prior, sandwich intervals and
   * influence values; of ordered lists as a whole, which has the first two; or null.
   */
  readonly likelihood: 'pairs' | 'lists' | null;
  /** Whether it has a term for the side shown first. */
  readonly side: boolean;
  /** Whether a loss for both is something else to it than a tie. */
  readonly lossForBoth: boolean;
  /** Most iterations of a fit, unless told otherwise. */
  readonly iterationLimit: number;
  /** The model of its parameter of ties, where it has one. */
  readonly ties?: Pick<TieModel, 'outcome' | 'scale' | 'none'>;
  /** True where a fit that converged may have found one maximum of several. */
  readonly localMaximum?: true;
  /** How a round of the bootstrap is computed. */
  readonly rescoring: Rescoring;
  /** @throws TuttiError `not_comparable` when the comparisons do not determine the scores. */
  fit(data: RatingData, options: ResolvedOptions): MethodFit;
}

/** What a method found. Lists are by item, in the order of the table. */
export interface MethodFit {
  readonly scores: Float64Array;
  /** Iterations of the fit; 0 for a method without any. */
  readonly iterations: number;
  /** How far from done the iteration was; 0 for a method without any. */
  readonly residual: number;
  readonly converged: boolean;
  /** The likelihood behind it, where it is one of pairs. */
  readonly likelihood: LikelihoodFit | null;
  /** Errors of another likelihood. */
  readonly errors?: LikelihoodErrors | undefined;
  /** What rounds of a bootstrap begin from: plain data that only the method's own `rescoring` reads. */
  readonly start?: unknown;
  /** Parameter of ties and its value. */
  readonly ties?: { readonly name: string; readonly value: number } | undefined;
  readonly logLikelihood?: number | undefined;
  /** Log strengths with mean 0, for methods whose scores are strengths; ratings come from them. */
  readonly logStrengths?: Float64Array | undefined;
  /** Mean and standard deviation over random orders, for `elo`. */
  readonly shuffled?: { readonly mean: Float64Array; readonly sd: Float64Array } | undefined;
  /** Reliability of each judge, for `annotator`. */
  readonly judges?: readonly JudgeReliability[] | undefined;
  /** What the reader should know. */
  readonly notes: readonly string[];
  /** What makes the result not to be trusted. */
  readonly problems: readonly string[];
}

/** How reliable a judge was. */
export interface JudgeReliability {
  readonly judge: string;
  /** Probability that the judge prefers the better item as often as the strengths say, 0 to 1. */
  readonly reliability: number;
  /** Decisive verdicts of the judge. */
  readonly comparisons: number;
}

/** A fit of a method that does not iterate. */
export function directFit(scores: Float64Array): MethodFit {
  return {
    scores,
    iterations: 0,
    residual: 0,
    converged: true,
    likelihood: null,
    notes: [],
    problems: [],
  };
}
