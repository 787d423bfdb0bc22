import { join } from 'node:path';
import { type FileLayer, type FileStatus, fileError, nodeFiles } from '../../io/index.ts';

/** A file that waits to be run, as it was when it was looked at. */
export interface InputFile {
  readonly name: string;
  readonly path: string;
  readonly status: Pick<FileStatus, 'size' | 'modifiedMs' | 'identity'>;
}

/** Hidden files, and the names that editors, browsers and copying programs give to what is not whole yet. */
const UNFINISHED = /^\.|~$|\.(?:tmp|temp|part|partial|crdownload|download|swp)$/i;

/**
 * Lists the files that may be experiments; links, folders and what is not a plain file are none.
 *
 * @throws TuttiError `file_unreadable`
 */
export async function listInputs(
  folder: string,
  files: FileLayer = nodeFiles,
): Promise<InputFile[]> {
  try {
    const found: InputFile[] = [];
    for (const name of await files.list(folder)) {
      if (UNFINISHED.test(name)) continue;
      const path = join(folder, name);
      const status = await files.lstat(path).catch(() => undefined);
      if (status?.isFile) found.push({ name, path, status });
    }
    return found;
  } catch (cause) {
    throw await fileError(cause, folder, 'read');
  }
}

/**
 * Tells whether what stands at a path is still what was looked at.
 *
 * @param elsewhere true where it may have been copied to another disk, which gives it another identity and time
 */
export async function isUnchanged(
  { status }: InputFile,
  path: string,
  { elsewhere = false, files = nodeFiles }: { elsewhere?: boolean; files?: FileLayer } = {},
): Promise<boolean> {
  const now = await files.lstat(path).catch(() => undefined);
  if (now === undefined) return false;
  const isCopy = elsewhere && now.identity !== status.identity;
  return isCopy ? now.size === status.size : isSameStatus(status, now);
}

/** Tells whether two looks at a name saw the same file with the same content. */
export function isSameStatus(left: InputFile['status'], right: InputFile['status']): boolean {
  return (
    left.size === right.size &&
    left.modifiedMs === right.modifiedMs &&
    left.identity === right.identity
  );
}
