import { access, constants, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { isSameFile, placeOfNewFile } from '../runs/results-place.ts';
import { pathFrom } from '../runs/run-input.ts';
import type { MapRequest } from './map-request.ts';

/**
 * Refuses an output that could not be written, or would replace what is no output, before anything is sent.
 *
 * @throws TuttiError `bad_usage`
 */
export async function refuseUnusableOutput(
  { file, output }: Pick<MapRequest, 'file' | 'output'>,
  workingFolder: string,
): Promise<void> {
  if (output === undefined || output === '-') return;
  const shown = plainLine(output, 500);
  if (/\.gz$/i.test(output)) {
    throw new TuttiError('bad_usage', `${shown} would be gzipped, and outputs are not`, {
      hint: 'Name it without .gz.',
    });
  }
  const path = await placeOfNewFile(output, workingFolder);
  if (file !== '-' && (await isSameFile(path, pathFrom(workingFolder, file)))) {
    throw new TuttiError('bad_usage', `${shown} is the input, too`, {
      hint: 'Name another file for the output.',
    });
  }
  if (await isFolder(path)) {
    throw new TuttiError('bad_usage', `${shown} is a directory, not a file`, {
      hint: 'Name a file in it.',
    });
  }
  const folder = dirname(path);
  if (!(await isFolder(folder))) {
    throw new TuttiError('bad_usage', `the folder of ${shown} does not exist`, {
      hint: 'Make it, or name a file elsewhere.',
    });
  }
  if (!(await isWritable(folder))) {
    throw new TuttiError('bad_usage', `nothing can be written into the folder of ${shown}`, {
      hint: 'Name a file elsewhere; the output is written beside its place first.',
    });
  }
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isDirectory() ?? false;
}

async function isWritable(folder: string): Promise<boolean> {
  return access(folder, constants.W_OK).then(
    () => true,
    () => false,
  );
}
