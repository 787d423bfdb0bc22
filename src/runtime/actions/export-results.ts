import { EXPORT_FORMATS, type ExportOptions } from '../../experiment/exports/export-format.ts';
import { type ActionContext, readConfiguration } from '../context/action-context.ts';
import { OPENAI_REQUESTS, requestTarget } from '../runs/request-target.ts';
import { findResults, placeFor, placeForStandardInput } from '../runs/results-place.ts';
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
  const named = { source, out, workingFolder };
  const { input, file } = await (source === '-'
    ? standardInput(named)
    : fileOf(named, EXPORT_FORMATS[options.format]));
  const { exportResults: write } = await import('../../experiment/exports/index.ts');
  // The settings are not looked at where nothing asks for them.
  const requests =
    requestUrl === undefined
      ? OPENAI_REQUESTS
      : requestTarget(requestUrl, await readConfiguration(context));
  return { file, rows: await write({ ...options, input, requests, output: file }) };
}

interface Named {
  readonly source: string;
  readonly out: string | undefined;
  readonly workingFolder: string;
}

async function fileOf(named: Named, extension: string) {
  const place = await findResults(named.source, named.workingFolder);
  const usual = place.results.replace(/(?:\.[a-z]+)?(?:\.gz)?$/i, extension);
  return { input: place.results, file: await placeFor(place, usual, named) };
}

async function standardInput({ source, out, workingFolder }: Named) {
  const file = await placeForStandardInput(out, workingFolder);
  return { input: inputOf({ file: source }, workingFolder), file };
}
