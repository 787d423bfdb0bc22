import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { EXPORT_FORMATS, type ExportOptions } from '../../experiment/exports/export-format.ts';
import type { ActionContext } from '../context/action-context.ts';
import { findResults } from '../runs/results-file.ts';

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
  const { path: input, isOfRun } = await findResults(source, workingFolder);
  const file =
    out === undefined
      ? input.replace(/(?:\.[a-z]+)?(?:\.gz)?$/i, EXPORT_FORMATS[options.format])
      : resolve(workingFolder, out);
  if (file === input) {
    throw new TuttiError('bad_usage', `${plainLine(source, 1000)} would be written over itself`, {
      hint: 'Name another file with -o.',
    });
  }
  // In a run's folder it is this program's own; elsewhere it may be the user's, such as the table this was made of.
  if (out === undefined && !isOfRun && (await exists(file))) throw taken(file);
  const { exportResults: write } = await import('../../experiment/exports/index.ts');
  return { file, rows: await write({ ...options, input, output: file }) };
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null;
}

function taken(file: string): TuttiError {
  return new TuttiError('bad_usage', `${plainLine(file, 1000)} is there already`, {
    hint: 'Name it with -o to replace it, or name another one.',
  });
}
