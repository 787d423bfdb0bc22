import { resolve } from 'node:path';
import type { MissingRows } from '../../experiment/diff/index.ts';
import type { ActionContext } from '../context/action-context.ts';
import { refuseReadOnce } from '../runs/lasting-file.ts';
import { findResults } from '../runs/results-place.ts';
import { inputOf } from '../runs/run-input.ts';

/** What may be missing, and where it is written. */
export interface MissingRowsRequest {
  /** Path of the experiment. */
  readonly input: string;
  /** Path of a run's folder or a results file; `-` is standard input. */
  readonly results: string;
  /** Path of the new file. */
  readonly out: string;
  /** The key by which rows are found; default `id`. */
  readonly idKey?: string | undefined;
}

/**
 * Writes the rows of an experiment that have no answer in some results into a new file, verbatim.
 *
 * @throws TuttiError `bad_usage` where the new file is there, and for an experiment that can be read only once; `bad_input` with every line that is no row or has no id;
 *   `file_missing`, also for a run that is not finished
 */
export async function missingRows(
  { workingFolder }: ActionContext,
  { input, results, out, idKey }: MissingRowsRequest,
): Promise<MissingRows> {
  await refuseReadOnce(input, workingFolder);
  const found =
    results === '-'
      ? inputOf({ file: results }, workingFolder)
      : (await findResults(results, workingFolder)).results;
  const { writeMissingRows } = await import('../../experiment/diff/index.ts');
  const output = resolve(workingFolder, out);
  return writeMissingRows({ input: resolve(workingFolder, input), results: found, output, idKey });
}
