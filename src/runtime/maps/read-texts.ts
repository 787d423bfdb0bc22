import { readFile } from 'node:fs/promises';
import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { fileError } from '../../io/index.ts';
import { pathFrom } from '../runs/run-input.ts';

/** A longer template is a mistake, in bytes. */
const MAX_BYTES = 16 * 1024 * 1024;

/** Reads a file of text, without its mark. @throws TuttiError `file_missing`, `file_unreadable`; `bad_input` for one too long */
export async function readText(path: string, workingFolder: string): Promise<string> {
  const full = pathFrom(workingFolder, path);
  let bytes: Buffer;
  try {
    bytes = await readFile(full);
  } catch (cause) {
    throw await fileError(cause, path, 'read');
  }
  if (bytes.length > MAX_BYTES) {
    throw new TuttiError('bad_input', `${plainLine(path, 500)} has more than ${MAX_BYTES} bytes`);
  }
  return bytes.toString('utf8').replace(/^\uFEFF/, '');
}
