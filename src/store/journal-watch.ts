import { basename, dirname } from 'node:path';
import { TuttiError } from '../core/tutti-error.ts';
import { type FileLayer, fileError, systemCode } from '../io/index.ts';

/** A file that is being written. */
export interface OpenedFile {
  readonly path: string;
  readonly fd: number;
  /** As `FileStatus` has it, when it was opened. */
  readonly identity: string;
}

/**
 * Says what somebody did to an open file: deleted it, moved it or its folder, put another one in its place, emptied it,
 * cut it off or wrote into it. Undefined if nothing was done.
 *
 * @param least bytes that were in it before it is looked at
 * @param most bytes that can be in it by then
 * @throws what the file layer throws
 */
export async function whatBecameOf(
  { path, fd, identity }: OpenedFile,
  least: number,
  most: () => number,
  files: FileLayer,
): Promise<TuttiError | undefined> {
  const { links, size } = await files.fstat(fd);
  const limit = most();
  const place = await identityOf(path, files);
  if (links === 0) return stopped(path, 'was deleted', 'what it held is gone');
  if (place === undefined) return stopped(path, 'was moved', 'what it holds is where it is now');
  if (place !== identity)
    return stopped(
      path,
      'was replaced by another file',
      'what is written there was not written here',
    );
  if (size >= least && size <= limit) return undefined;
  const what = size === 0 ? 'was emptied' : size < least ? 'was cut off' : 'was written';
  return stopped(path, `${what} by another program`, 'some of its answers may be lost or damaged');
}

async function identityOf(path: string, files: FileLayer): Promise<string | undefined> {
  try {
    return (await files.lstat(path)).identity;
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

function stopped(path: string, what: string, consequence: string): TuttiError {
  return new TuttiError(
    'file_unwritable',
    `The answers can no longer be saved: ${basename(path)} in ${dirname(path)} ${what} while the run went on; ${consequence}`,
    {
      hint: 'Leave the folder alone while its run goes on, and run the same command again: it asks what has no answer.',
    },
  );
}

/**
 * Says why answers can no longer be written.
 *
 * @param safe answers that are certainly in the file
 */
export async function cannotSave(cause: unknown, path: string, safe: number): Promise<TuttiError> {
  const error = await fileError(cause, path, 'write');
  const answers = safe === 1 ? '1 answer is' : `${safe} answers are`;
  return new TuttiError(
    error.code,
    `The answers can no longer be saved: ${error.message}. ${answers} safe in ${dirname(path)}`,
    { hint: error.hint ?? 'Run the same command again: it goes on where it stopped.', cause },
  );
}
