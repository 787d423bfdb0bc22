import type { ReadAnswer, ReadAnswersOptions } from './read-answers.ts';
import type { ComparisonFiles, ComparisonSource } from './read-comparisons.ts';
import type { ReadComparisonsOptions } from './read-options.ts';
import type { RatingMatrix } from './read-rating-matrix.ts';

// The readers and the CSV parser behind them are loaded by the commands that read, not by every start.

/**
 * Reads comparisons from files and streams of any known form into one table.
 *
 * @throws TuttiError `file_missing`, `file_unreadable`, `bad_input`.
 */
export async function readComparisons(
  sources: readonly ComparisonSource[],
  options: ReadComparisonsOptions = {},
): Promise<ComparisonFiles> {
  return (await import('./read-comparisons.ts')).readComparisons(sources, options);
}

/**
 * Reads the answers of models that can be paired, from JSON lines.
 *
 * @throws TuttiError `file_missing`, `file_unreadable`, `bad_input`.
 */
export async function readAnswers(
  source: ComparisonSource,
  options: ReadAnswersOptions = {},
): Promise<ReadAnswer[]> {
  return (await import('./read-answers.ts')).readAnswers(source, options);
}

/**
 * Reads a headerless matrix of ratings, judges x units.
 *
 * @throws TuttiError `file_missing`, `file_unreadable`, `bad_input`.
 */
export async function readRatingMatrix(source: ComparisonSource): Promise<RatingMatrix> {
  return (await import('./read-rating-matrix.ts')).readRatingMatrix(source);
}

/**
 * Reads new names of items from a CSV file with the columns `from` and `to`.
 *
 * @throws TuttiError `file_missing`, `file_unreadable`, `bad_input`.
 */
export async function readRenames(source: ComparisonSource): Promise<ReadonlyMap<string, string>> {
  return (await import('./read-renames.ts')).readRenames(source);
}
