import { EXPORT_FORMATS, type ExportOptions } from '../../experiment/exports/export-format.ts';
import type { ActionContext } from '../context/action-context.ts';
import { findResults, placeFor } from '../runs/results-place.ts';

/** What is written in another form. */
export interface ResultsToExport extends ExportOptions {
  /** Path of a run's folder, a results file or an experiment. */
  readonly source: string;
  /** Path of the new file; default: that of the results, with another extension. */
  readonly out?: string | undefined;
}

/** What was written. */
export interface ExportedResults {
  /** Absolute path. */
  readonly file: string;
  readonly rows: number;
}

/**
 * Writes the results of a run, or an experiment, in another form.
 *
 * @throws TuttiError `file_missing`, also for a run that is not finished; `bad_usage` where the new file is not named and
 *   one is there, but for a run's folder; `bad_input` with every line that is no row.
 */
export async function exportResults(
  { workingFolder }: ActionContext,
  { source, out, ...options }: ResultsToExport,
): Promise<ExportedResults> {
  const place = await findResults(source, workingFolder);
  const usual = place.results.replace(/(?:\.[a-z]+)?(?:\.gz)?$/i, EXPORT_FORMATS[options.format]);
  const file = await placeFor(place, usual, { source, out, workingFolder });
  const { exportResults: write } = await import('../../experiment/exports/index.ts');
  return { file, rows: await write({ ...options, input: place.results, output: file }) };
}
