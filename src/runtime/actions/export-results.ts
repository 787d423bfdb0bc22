import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import {
  EXPORT_FORMATS,
  type ExportFormat,
  type ExportOptions,
} from '../../experiment/exports/export-format.ts';
import { type ActionContext, readConfiguration } from '../context/action-context.ts';
import { OPENAI_REQUESTS, requestTarget } from '../runs/request-target.ts';
import { findResults } from '../runs/results-file.ts';
import { inputOf } from '../runs/run-input.ts';

/** What is written in another form. */
export interface ResultsToExport extends ExportOptions {
  /** Path of a run's folder, a results file or an experiment; `-` is standard input. */
  readonly source: string;
  /** Path of the new file; default: that of the results, with another extension. */
  readonly out?: string | undefined;
  /** Columns of a table, besides those of parameters, whose cells are JSON where they are wholly JSON; default none. */
  readonly typed?: readonly string[] | undefined;
  /** Where the requests of a file of such would be sent; default OpenAI. */
  readonly requestUrl?: string | undefined;
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
  context: ActionContext,
  { source, out, requestUrl, ...options }: ResultsToExport,
): Promise<ExportedResults> {
  const { workingFolder } = context;
  const from = await whatToRead(source, workingFolder);
  const { input, isOfRun } = from;
  const file = out === undefined ? beside(from, options.format) : resolve(workingFolder, out);
  if (file === input) {
    throw new TuttiError('bad_usage', `${plainLine(source, 1000)} would be written over itself`, {
      hint: 'Name another file with -o.',
    });
  }
  // In a run's folder it is this program's own; elsewhere it may be the user's, such as the table this was made of.
  if (out === undefined && !isOfRun && (await exists(file))) throw taken(file);
  const { exportResults: write } = await import('../../experiment/exports/index.ts');
  // The settings are not looked at where nothing asks for them.
  const requests =
    requestUrl === undefined
      ? OPENAI_REQUESTS
      : requestTarget(requestUrl, await readConfiguration(context));
  return { file, rows: await write({ ...options, input, requests, output: file }) };
}

/** What is read, and whether a run's folder was named. */
interface ReadFrom {
  readonly input: string | Readable;
  readonly isOfRun: boolean;
}

async function whatToRead(source: string, workingFolder: string): Promise<ReadFrom> {
  if (source === '-') return { input: inputOf({ file: source }, workingFolder), isOfRun: false };
  const { path, isOfRun } = await findResults(source, workingFolder);
  return { input: path, isOfRun };
}

function beside({ input }: ReadFrom, format: ExportFormat): string {
  if (typeof input === 'string') {
    return input.replace(/(?:\.[a-z]+)?(?:\.gz)?$/i, EXPORT_FORMATS[format]);
  }
  throw new TuttiError('bad_usage', 'What comes from standard input has no place of its own', {
    hint: 'Name the new file with -o.',
  });
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null;
}

function taken(file: string): TuttiError {
  return new TuttiError('bad_usage', `${plainLine(file, 1000)} is there already`, {
    hint: 'Name it with -o to replace it, or name another one.',
  });
}
