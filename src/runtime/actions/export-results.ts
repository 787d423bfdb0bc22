import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { EXPORT_FORMATS, type ExportOptions } from '../../experiment/exports/export-format.ts';
import { runFolder } from '../../store/index.ts';
import type { ActionContext } from '../context/action-context.ts';

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
 * @throws TuttiError `file_missing`, also for a run that is not finished; `bad_input` with every line that is no row.
 */
export async function exportResults(
  { workingFolder }: ActionContext,
  { source, out, ...options }: ResultsToExport,
): Promise<ExportedResults> {
  const path = resolve(workingFolder, source);
  const found = await stat(path).catch(() => null);
  const input = found?.isDirectory() ? runFolder(path).completed : path;
  if (found?.isDirectory() && (await stat(input).catch(() => null)) === null) {
    throw new TuttiError('file_missing', `${plainLine(source, 1000)} has no completed.jsonl`, {
      hint: 'Name the folder of a run that has ended; the same `tutti run` goes on with one that has not.',
    });
  }
  const file =
    out === undefined
      ? input.replace(/(?:\.[a-z]+)?(?:\.gz)?$/i, EXPORT_FORMATS[options.format])
      : resolve(workingFolder, out);
  if (file === input) {
    throw new TuttiError('bad_usage', `${plainLine(source, 1000)} would be written over itself`, {
      hint: 'Name another file with -o.',
    });
  }
  const { exportResults: write } = await import('../../experiment/exports/index.ts');
  return { file, rows: await write({ ...options, input, output: file }) };
}
