import type { Clock, Random } from '../core/clock.ts';
import { nodeFiles } from '../io/index.ts';
import {
  type RecordKeys,
  type RunFolder,
  RunLock,
  removeHalfWritten,
  rewriteRecords,
} from '../store/index.ts';
import { lookAt } from './go-on.ts';
import type { RunFinding } from './run-finding.ts';

/** How the records of a run are written anew. */
export interface RewriteRunOptions {
  readonly folder: RunFolder;
  readonly keys: readonly RecordKeys[];
  /** Paths of files that are made from the final ones: they go. */
  readonly derivedFiles: readonly string[];
  readonly clock: Clock;
  readonly random: Random;
  /** Done while the run's lock is still held. */
  readonly afterwards: () => Promise<void>;
}

/**
 * Adds keys to the records of a run that has its results; asks no model.
 *
 * @returns what is doubtful about its folder
 * @throws TuttiError `run_locked` when another process has it, `unsafe_folder`, `file_missing`, `file_unwritable`, `disk_full`
 */
export async function rewriteRun({
  folder,
  keys,
  derivedFiles,
  clock,
  random,
  afterwards,
}: RewriteRunOptions): Promise<readonly RunFinding[]> {
  const findings = await lookAt(folder);
  const lock = await RunLock.acquire(folder.lock, { clock, random });
  try {
    await removeHalfWritten(folder);
    await rewriteRecords(folder, keys);
    for (const path of derivedFiles) await nodeFiles.unlink(path).catch(() => {});
    await afterwards();
  } finally {
    await lock.release();
  }
  return findings;
}
