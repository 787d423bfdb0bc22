import type { Games } from '../input/games.ts';
import type { Tallies } from '../input/tallies.ts';
import type { LikelihoodErrors } from '../intervals/unit-errors.ts';
import type { LikelihoodFit } from '../likelihood/fit-likelihood.ts';
import type { OrderedLists } from '../lists/ordered-lists.ts';
import type { MethodName } from '../options/method-names.ts';
import type { ResolvedOptions } from '../options/options.ts';
import type { ComparisonTable } from '../table/comparison-table.ts';

/** What a method is given: checked comparisons, as rows and added up by pair. */
export interface RatingData {
  readonly table: ComparisonTable;
  /** One game for each pair of items that met. */
  readonly games: Games;
  readonly tallies: Tallies;
}

/** One rating method. A new one is a file with such an object and a line in the list. */
export interface RatingMethod {
  readonly name: MethodName;
  /** What a score means, one sentence for users. */
  readonly about: string;
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
  /** The likelihood behind it, for the Bradley-Terry family. */
  readonly likelihood: LikelihoodFit | null;
  /** Errors of a likelihood outside that family. */
  readonly errors?: LikelihoodErrors | undefined;
  /** Lists and parameters that refits begin from, for a likelihood of ordered lists. */
  readonly lists?: ListStart | undefined;
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

/** What refits of ordered lists need; plain data. */
export interface ListStart {
  readonly lists: OrderedLists;
  readonly parameters: Float64Array;
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
