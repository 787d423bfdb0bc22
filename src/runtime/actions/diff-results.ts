import type { ResultComparison } from '../../experiment/diff/comparison.ts';
import type { ActionContext } from '../context/action-context.ts';
import { findLastingResults } from '../runs/results-place.ts';

/** Which results are compared. */
export interface ResultsToCompare {
  /** Two paths of runs' folders, results files or experiments. */
  readonly a: string;
  readonly b: string;
  /** The key by which rows are found; default `id`. */
  readonly idKey?: string | undefined;
  /** Differences that are given word for word, at most; default 10. */
  readonly most?: number | undefined;
}

/**
 * Compares answers, errors, numbers and costs of two runs by id, and by id and model where an id stands more than once.
 *
 * @throws TuttiError `file_missing`, also for a run that is not finished; `bad_usage` for what can be read only once;
 *   `file_unreadable`, `bad_input`
 */
export async function diffResults(
  { workingFolder }: ActionContext,
  { a, b, ...options }: ResultsToCompare,
): Promise<ResultComparison> {
  const one = await findLastingResults(a, workingFolder);
  const other = await findLastingResults(b, workingFolder);
  const { compareResults } = await import('../../experiment/diff/index.ts');
  return compareResults({ ...options, a: one.results, b: other.results });
}
