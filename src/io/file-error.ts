import { access, readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { StopErrorCode } from '../core/error-catalogue.ts';
import { nearestName } from '../core/nearest-name.ts';
import { TuttiError } from '../core/tutti-error.ts';

/** What was being done with a file when it failed. */
export type FileIntent = 'read' | 'write';

/** The code of a failed file operation, such as `ENOSPC`; undefined for anything else. */
export function systemCode(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : undefined;
}

/**
 * Turns a failed file operation into what the user reads: what happened to which file, and what to
 * do. A `TuttiError` stays what it is.
 */
export async function fileError(
  cause: unknown,
  path: string,
  intent: FileIntent,
): Promise<TuttiError> {
  if (cause instanceof TuttiError) return cause;
  const failed: StopErrorCode = intent === 'read' ? 'file_unreadable' : 'file_unwritable';
  const verb = intent === 'read' ? 'read' : 'written';
  const code = systemCode(cause);
  const plain = (name: StopErrorCode, message: string, hint?: string) =>
    new TuttiError(name, message, { hint, cause });
  switch (code) {
    case 'EDQUOT':
      return plain('disk_full', `Your quota of space is used up in ${dirname(path)}`, QUOTA_HINT);
    case 'ENOSPC':
      return plain('disk_full', `No space is left in ${dirname(path)}`, SPACE_HINT);
    case 'ENOENT':
      return (await isWithoutFolder(path, intent))
        ? plain('file_missing', `the folder of ${path} does not exist`, FOLDER_HINT)
        : plain('file_missing', `${path} does not exist`, await missingHint(path));
    case 'EISDIR':
      return plain(failed, `${path} is a directory, not a file`, 'Name a file in it.');
    case 'ENOTDIR':
      return plain(failed, `${path} cannot be ${verb}: a part of this path is a file`);
    case 'EACCES':
    case 'EPERM':
      return plain(failed, `${path} cannot be ${verb}: permission denied`, PERMISSION_HINT[intent]);
    case 'EROFS':
      return plain(failed, `${path} cannot be ${verb}: the file system is read-only`);
    case 'EMFILE':
    case 'ENFILE':
      return plain(
        failed,
        `${path} cannot be opened: too many files are open`,
        'Raise the limit of open files (`ulimit -n`).',
      );
    default:
      return plain(failed, `${path} cannot be ${verb}: ${reason(cause)}`);
  }
}

const SPACE_HINT = 'Free some space there and run the same command again.';

const QUOTA_HINT =
  'Delete files of yours there (`quota` shows what you may use), or ask for more, and run the same command again.';

const FOLDER_HINT = 'Make it, or name a file elsewhere.';

const PERMISSION_HINT = {
  read: 'Check who may read it.',
  write: 'Choose another folder, or check who may write there.',
} as const;

function reason(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

/** A file that is to be made is not there, of course; what is missing is its folder. */
async function isWithoutFolder(path: string, intent: FileIntent): Promise<boolean> {
  if (intent === 'read') return false;
  return access(dirname(path)).then(
    () => false,
    () => true,
  );
}

/** Names the nearest file, or the first folder of the path that is missing. */
async function missingHint(path: string): Promise<string | undefined> {
  const folder = dirname(path);
  try {
    const near = nearestName(basename(path), await readdir(folder));
    return near === undefined ? undefined : `Did you mean ${join(folder, near)}?`;
  } catch {
    return `The folder ${folder} does not exist either.`;
  }
}
