import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { labelOf } from './run-input.ts';

/**
 * Refuses what can be read only once, standard input and pipes, where a file is read more often than that. One that is
 * not there is told of by whoever reads it.
 *
 * @throws TuttiError `bad_usage`
 */
export async function refuseReadOnce(file: string, workingFolder: string): Promise<void> {
  const path = resolve(workingFolder, file);
  const status = file === '-' ? null : await stat(path).catch(() => undefined);
  if (status === undefined || status?.isFile() || status?.isDirectory()) return;
  const name = plainLine(labelOf({ file }), 1000);
  throw new TuttiError('bad_usage', `${name} is read only once, and is needed more often here`, {
    hint: 'Write it into a file first, and name that.',
  });
}
