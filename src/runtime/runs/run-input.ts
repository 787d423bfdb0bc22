import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import type { GivenRunValues } from '../settings/run-options.ts';

/** What is run. An option that is left out is what the settings say. */
export interface RunRequest extends GivenRunValues {
  /** Path of the experiment; `-` is standard input. */
  readonly file: string;
  /** Path of a limits file; default none. */
  readonly limitsFile?: string | undefined;
  /** Only the first so many rows; default all. */
  readonly limit?: number | undefined;
  /** True begins a new run instead of going on with one; default false. */
  readonly fresh?: boolean | undefined;
  /** True leaves malformed lines out and lists them in `failed.jsonl`; default false. */
  readonly skipInvalid?: boolean | undefined;
}

/** Standard input as a stream of its own, so that nothing else of the process is touched. */
export function inputOf(file: string): string | Readable {
  return file === '-' ? createReadStream('', { fd: 0, autoClose: false }) : file;
}

/** What an input is called in messages. */
export function labelOf(file: string): string {
  return file === '-' ? 'standard input' : file;
}
