import { createReadStream } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { Readable } from 'node:stream';
import type { ExportFormat } from '../../experiment/exports/export-format.ts';
import { promptFolderRows, type RowFilling } from '../../experiment/index.ts';
import type { JudgingRequest } from '../../experiment/judge/index.ts';
import type { RephrasingRequest } from '../../experiment/rephrase/index.ts';
import type { ScoreOptions } from '../scoring/score-options.ts';
import type { GivenRunValues } from '../settings/run-options.ts';

/** What is run. An option that is left out is what the settings say. */
export interface RunRequest extends GivenRunValues, RowFilling, ScoreOptions {
  /**
   * Path of the experiment, or of a run's folder, to go on with that, from the engine's working folder as all paths are;
   * `-` is standard input.
   */
  readonly file: string;
  /** True: `file` is a folder of `.txt` files, each a prompt whose id is its name; default false. */
  readonly promptFolder?: boolean | undefined;
  /** Names the run, in place of its input's path: standard input can then be gone on with. Default: its path. */
  readonly name?: string | undefined;
  /** Path of a limits file; default none. */
  readonly limitsFile?: string | undefined;
  /** Only the first so many rows; default all. */
  readonly limit?: number | undefined;
  /** True asks once more what has failed in the run whose folder `file` is; its good answers are kept. Default false. */
  readonly onlyFailed?: boolean | undefined;
  /** True begins a new run instead of going on with one; default false. */
  readonly fresh?: boolean | undefined;
  /** True leaves malformed lines out and lists them in `failed.jsonl`; default false. */
  readonly skipInvalid?: boolean | undefined;
  /** Columns of a CSV, besides those of parameters, whose cells are JSON where they are wholly JSON; default none. */
  readonly typed?: readonly string[] | undefined;
  /**
   * The folder whose files rows may name; default: `media` beside a folder `input` that holds the experiment, else the
   * experiment's folder; of a run's folder: the one that it had.
   */
  readonly media?: string | undefined;
  /** Where the requests of a file of such would be sent; default OpenAI. */
  readonly requestUrl?: string | undefined;
  /** Forms in which the results are written, too, beside `completed.jsonl`; default none. */
  readonly formats?: readonly ExportFormat[] | undefined;
  /** In CSV, defuses what a spreadsheet would take for a formula; default false. */
  readonly excelSafe?: boolean | undefined;
  /** Who judges the answers afterwards, checked before anything is sent; default nobody. Paths are from the working folder. */
  readonly judging?: JudgingRequest | undefined;
  /** Who rephrases the prompts before, and how; default nobody. Paths are from the working folder. */
  readonly rephrasing?: RephrasingRequest | undefined;
}

/**
 * Standard input as a stream of its own, so that nothing else of the process is touched; the rows of a folder of prompts;
 * or the path of a file.
 */
export function inputOf(
  { file, promptFolder }: Pick<RunRequest, 'file' | 'promptFolder'>,
  workingFolder: string,
): string | Readable {
  const path = pathFrom(workingFolder, file);
  if (promptFolder) return Readable.from(promptFolderRows(path), { objectMode: false });
  return file === '-' ? createReadStream('', { fd: 0, autoClose: false }) : path;
}

/** A path from an engine's working folder; as it is written where that is the process's own. */
export function pathFrom(workingFolder: string, path: string): string {
  return isAbsolute(path) || workingFolder === process.cwd() ? path : join(workingFolder, path);
}

/** What an input is called in messages. */
export function labelOf({ file, promptFolder }: Pick<RunRequest, 'file' | 'promptFolder'>): string {
  // The name of a folder has no extension that tells a form.
  if (promptFolder) return `${file.replace(/\/+$/, '')}/`;
  return file === '-' ? 'standard input' : file;
}
