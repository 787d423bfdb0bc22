import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';

/** Standard input as a stream of its own, so that nothing else of the process is touched. */
export function inputOf(file: string): string | Readable {
  return file === '-' ? createReadStream('', { fd: 0, autoClose: false }) : file;
}

/** What an input is called in messages. */
export function labelOf(file: string): string {
  return file === '-' ? 'standard input' : file;
}
