import { open, stat, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { nodeFiles, systemCode } from '../../io/index.ts';

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
 * @throws TuttiError `file_unwritable` when the folder cannot be written, or others change it without end; and what
 *   `work` throws.
 */
export async function inTurn<T>(path: string | null, work: () => Promise<T>): Promise<T> {
  // Without a home, what writes says so.
  if (path === null) return await work();
  const lock = `${path}.lock`;
  await takeTurn(lock, path);
  try {
    return await work();
  } finally {
    await unlink(lock).catch(() => {});
  }
}

async function takeTurn(lock: string, path: string): Promise<void> {
  const startMs = performance.now();
  for (;;) {
    try {
      await nodeFiles.mkdir(dirname(lock), true, 0o700);
      await (await open(lock, 'wx', 0o600)).close();
      return;
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') {
        throw unwritable(path, `cannot be changed (${systemCode(error) ?? 'unknown error'})`);
      }
    }
    if (performance.now() - startMs > PATIENCE_MS)
      throw unwritable(path, 'is being changed by others');
    if (await isAbandoned(lock)) await unlink(lock).catch(() => {});
    else await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

async function isAbandoned(lock: string): Promise<boolean> {
  const status = await stat(lock).catch(() => null);
  return status !== null && Math.abs(Date.now() - status.mtimeMs) > ABANDONED_MS;
}

function unwritable(path: string, why: string): TuttiError {
  return new TuttiError('file_unwritable', `${plainLine(path)} ${why}.`, {
    hint: 'Make the folder writable, or set TUTTI_HOME to another one.',
  });
}
