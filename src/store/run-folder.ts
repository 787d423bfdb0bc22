import { basename, join } from 'node:path';
import type { Clock } from '../core/clock.ts';
import { type FileLayer, fileError, nodeFiles, systemCode, TEMPORARY_SUFFIX } from '../io/index.ts';

/** The places of a run's files. */
export interface RunFolder {
  readonly path: string;
  /** The time of its start and, where needed, a number: `2026-11-21T10-03-22Z`, `2026-11-21T10-03-22Z-02`. */
  readonly name: string;
  readonly input: string;
  readonly journal: string;
  readonly completed: string;
  readonly failed: string;
  readonly state: string;
  readonly log: string;
  readonly lock: string;
  readonly media: string;
}

/** Its owner's alone to write, whatever the user's mask says: what lies in it is trusted when the run goes on. */
const NEW_FOLDER_MODE = 0o755;

const NAME = /^(\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}Z)(?:-(\d{2,}))?$/;

/** Names the files of a run's folder; makes nothing. */
export function runFolder(path: string): RunFolder {
  return {
    path,
    name: basename(path),
    input: join(path, 'input.jsonl'),
    journal: join(path, 'journal.jsonl'),
    completed: join(path, 'completed.jsonl'),
    failed: join(path, 'failed.jsonl'),
    state: join(path, 'run.json'),
    log: join(path, 'log.jsonl'),
    lock: join(path, 'lock'),
    media: join(path, 'media.jsonl'),
  };
}

/**
 * Makes a new run folder, named after the time so that names sort by age. Two made in the same
 * second get different names, and one made after the clock was set back still sorts last.
 *
 * @param experimentFolder made if need be.
 * @throws TuttiError `file_unwritable` or `disk_full`.
 */
export async function createRunFolder(
  experimentFolder: string,
  clock: Clock,
  files: FileLayer = nodeFiles,
): Promise<RunFolder> {
  try {
    await files.mkdir(experimentFolder, true, NEW_FOLDER_MODE);
    for (;;) {
      const newest = (await runNames(experimentFolder, files))[0];
      const path = join(experimentFolder, nameAfter(newest, clock.wallMs()));
      try {
        await files.mkdir(path, false, NEW_FOLDER_MODE);
        return runFolder(path);
      } catch (error) {
        if (systemCode(error) !== 'EEXIST') throw error;
      }
    }
  } catch (cause) {
    throw await fileError(cause, experimentFolder, 'write');
  }
}

/**
 * Lists the runs of an experiment, newest first; empty if there is no such folder.
 *
 * @throws TuttiError `file_unreadable`.
 */
export async function listRunFolders(
  experimentFolder: string,
  files: FileLayer = nodeFiles,
): Promise<RunFolder[]> {
  try {
    const names = await runNames(experimentFolder, files);
    return names.map((name) => runFolder(join(experimentFolder, name)));
  } catch (cause) {
    if (systemCode(cause) === 'ENOENT') return [];
    throw await fileError(cause, experimentFolder, 'read');
  }
}

/**
 * Removes half-written files that a killed process left in a run folder. Only the holder of the
 * run's lock may do that.
 */
export async function removeHalfWritten(
  folder: RunFolder,
  files: FileLayer = nodeFiles,
): Promise<void> {
  const names = await files.list(folder.path).catch(() => []);
  for (const name of names) {
    if (!name.startsWith('.') || !name.endsWith(TEMPORARY_SUFFIX)) continue;
    await files.unlink(join(folder.path, name)).catch(() => {});
  }
}

async function runNames(experimentFolder: string, files: FileLayer): Promise<string[]> {
  const names = (await files.list(experimentFolder)).filter((name) => NAME.test(name));
  return names.sort(newestFirst);
}

function newestFirst(left: string, right: string): number {
  const [leftTime, leftNumber] = parts(left);
  const [rightTime, rightNumber] = parts(right);
  if (leftTime !== rightTime) return leftTime < rightTime ? 1 : -1;
  return rightNumber - leftNumber;
}

function parts(name: string): [time: string, number: number] {
  const match = NAME.exec(name);
  return [match?.[1] ?? '', Number(match?.[2] ?? 1)];
}

function nameAfter(newest: string | undefined, wallMs: number): string {
  const time = `${new Date(wallMs).toISOString().slice(0, 19).replaceAll(':', '-')}Z`;
  if (newest === undefined) return time;
  const [newestTime, newestNumber] = parts(newest);
  if (time > newestTime) return time;
  return `${newestTime}-${String(newestNumber + 1).padStart(2, '0')}`;
}
