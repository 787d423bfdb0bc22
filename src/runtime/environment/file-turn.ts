import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { type FileLayer, type FileStatus, nodeFiles, systemCode } from '../../io/index.ts';

/** Between two looks whether the file is free. */
const LOOK_MS = 20;
/** Nobody needs so long to change a small file: who holds it has died. */
const ABANDONED_MS = 5_000;
/** So long a process waits for its turn. */
const PATIENCE_MS = 15_000;

/**
 * Changes a small file of the home when no other process does: what is read in `work` is what is replaced. A turn that
 * its process did not end is taken over after five seconds.
 *
 * @param files default: the machine's.
 * @throws TuttiError `file_unwritable` when the folder cannot be written, or others change it without end; and what
 *   `work` throws.
 */
export async function inTurn<T>(
  path: string | null,
  work: () => Promise<T>,
  files: FileLayer = nodeFiles,
): Promise<T> {
  // Without a home, what writes says so.
  if (path === null) return await work();
  const lock = `${path}.lock`;
  const own = await takeTurn(files, lock, path);
  try {
    return await work();
  } finally {
    await removeLock(files, lock, own).catch(() => {});
  }
}

/** Returns the lock that was made. */
async function takeTurn(files: FileLayer, lock: string, path: string): Promise<FileStatus> {
  const startMs = performance.now();
  let folderNowMs: (() => number) | null | undefined;
  try {
    await files.mkdir(dirname(lock), true, 0o700);
    for (;;) {
      const made = await createEmpty(files, lock);
      if (made !== null) return made;
      if (performance.now() - startMs > PATIENCE_MS)
        throw unwritable(path, 'is being changed by others');
      folderNowMs ??= await folderClock(files, lock).catch(() => null);
      if (folderNowMs) await takeOver(files, lock, folderNowMs()).catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  } catch (error) {
    if (error instanceof TuttiError) throw error;
    throw unwritable(path, `cannot be changed (${systemCode(error) ?? 'unknown error'})`);
  }
}

/** Null when the name is taken. */
async function createEmpty(files: FileLayer, path: string): Promise<FileStatus | null> {
  try {
    const fd = await files.open(path, 'wx', 0o600);
    try {
      return await files.fstat(fd);
    } finally {
      await files.close(fd);
    }
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return null;
    throw error;
  }
}

/** The time of the file system, by which locks are dated: that of the machine may be another. */
async function folderClock(files: FileLayer, lock: string): Promise<(() => number) | null> {
  const probe = `${lock}.${randomUUID()}`;
  const made = await createEmpty(files, probe);
  const madeMs = performance.now();
  await files.unlink(probe);
  return made && (() => made.modifiedMs + (performance.now() - madeMs));
}

/** Removes a lock whose holder has died. One that is dated in the future was made before a clock was put back. */
async function takeOver(files: FileLayer, lock: string, nowMs: number): Promise<void> {
  const seen = await files.lstat(lock);
  if (Math.abs(nowMs - seen.modifiedMs) > ABANDONED_MS) await removeLock(files, lock, seen);
}

/**
 * Removes a lock if it is still the one that was seen. It is moved away before it is removed, so that of two who remove
 * it one does; another's that came in its place at that moment is given its name back.
 */
async function removeLock(files: FileLayer, lock: string, seen: FileStatus): Promise<void> {
  if (!isSame(await files.lstat(lock), seen)) return;
  const away = `${lock}.${randomUUID()}`;
  await files.rename(lock, away);
  try {
    if (!isSame(await files.lstat(away), seen)) await files.link(away, lock);
  } finally {
    await files.unlink(away);
  }
}

/** The number of a file that is gone may be given to the next one, its time is not. */
function isSame(one: FileStatus, other: FileStatus): boolean {
  return one.identity === other.identity && one.modifiedMs === other.modifiedMs;
}

function unwritable(path: string, why: string): TuttiError {
  return new TuttiError('file_unwritable', `${plainLine(path)} ${why}.`, {
    hint: 'Make the folder writable, or set TUTTI_HOME to another one.',
  });
}
