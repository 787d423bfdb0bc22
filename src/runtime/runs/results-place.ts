import { lstat, realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { type RunFolder, runFolder } from '../../store/index.ts';
import { refuseReadOnce } from './lasting-file.ts';
import { refuseWithoutRecords } from './map-folder.ts';

/** Where results are. */
export interface ResultsPlace {
  /** Absolute path of the file. */
  readonly results: string;
  /** The run's folder that was named; null for a file. */
  readonly folder: RunFolder | null;
}

/** What is made of results, and what a user calls them. */
interface NewFile {
  readonly source: string;
  /** Path of the new file, where the user named one. */
  readonly out: string | undefined;
  readonly workingFolder: string;
}

/**
 * Finds the results that a user means: those of a run's folder, or a file.
 *
 * @throws TuttiError `file_missing` for a run that has not ended, `bad_usage` for one that has no records
 */
export async function findResults(source: string, workingFolder: string): Promise<ResultsPlace> {
  const path = resolve(workingFolder, source);
  const isFolder = (await stat(path).catch(() => null))?.isDirectory() ?? false;
  if (!isFolder) return { results: path, folder: null };
  const folder = runFolder(path);
  if (!(await exists(folder.completed))) {
    await refuseWithoutRecords(folder, plainLine(source, 1000));
    throw withoutResults(source);
  }
  return { results: folder.completed, folder };
}

/** As `findResults`, for who reads them more than once. @throws TuttiError as it does; `bad_usage` for a pipe */
export async function findLastingResults(
  source: string,
  workingFolder: string,
): Promise<ResultsPlace> {
  await refuseReadOnce(source, workingFolder);
  return await findResults(source, workingFolder);
}

/**
 * Says where a file that is made of results goes.
 *
 * @param usual its path unless one is named
 * @throws TuttiError `bad_usage` where it would replace the results, a file that was not named, or what is no file
 */
export async function placeFor(
  { results, folder }: ResultsPlace,
  usual: string,
  { source, out, workingFolder }: NewFile,
): Promise<string> {
  const file = out === undefined ? usual : await placeOfNewFile(out, workingFolder);
  if (await isSameFile(file, results)) {
    throw new TuttiError('bad_usage', `${plainLine(source, 1000)} would be written over itself`, {
      hint: 'Name another file with -o.',
    });
  }
  // In a run's folder it is this program's own; elsewhere it may be the user's, such as the table this was made of.
  if (out === undefined && folder === null && (await exists(file))) throw taken(file);
  return file;
}

/**
 * Says where a file goes that the user named. It takes the place of what has its name, so that must be a file, too: never
 * `/dev/null`. What stands behind a link is replaced, not the link.
 *
 * @throws TuttiError `bad_usage`
 */
export async function placeOfNewFile(out: string, workingFolder: string): Promise<string> {
  const path = resolve(workingFolder, out);
  const status = await stat(path).catch(() => null);
  const isOther = status !== null && !status.isFile() && !status.isDirectory();
  if (out === '-' || isOther) {
    const what = out === '-' ? 'Standard output' : plainLine(out, 1000);
    throw new TuttiError('bad_usage', `${what} is no file, and results are written into one`, {
      hint: 'Name a file with -o.',
    });
  }
  const isLink = status !== null && (await lstat(path)).isSymbolicLink();
  return isLink ? await realpath(path) : path;
}

/**
 * Says where a file goes that is made of standard input, which has no place beside it.
 *
 * @throws TuttiError `bad_usage` where the user named none
 */
export async function placeForStandardInput(
  out: string | undefined,
  workingFolder: string,
): Promise<string> {
  if (out !== undefined) return await placeOfNewFile(out, workingFolder);
  throw new TuttiError('bad_usage', 'What comes from standard input has no place of its own', {
    hint: 'Name the new file with -o.',
  });
}

/** True for two names of one file, and for the same name twice. */
export async function isSameFile(path: string, other: string): Promise<boolean> {
  if (path === other) return true;
  const [one, two] = await Promise.all(
    [path, other].map((each) => stat(each, { bigint: true }).catch(() => null)),
  );
  return one != null && two != null && one.ino === two.ino && one.dev === two.dev;
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null;
}

function withoutResults(source: string): TuttiError {
  const folder = plainLine(source, 1000);
  return new TuttiError('file_missing', `${folder} has no completed.jsonl`, {
    hint: `Name the folder of a run. Of one that has not ended, \`tutti run ${folder} --finish\` writes what there is; the same \`tutti run\` as before goes on with it.`,
  });
}

function taken(file: string): TuttiError {
  return new TuttiError('bad_usage', `${plainLine(file, 1000)} is there already`, {
    hint: 'Name it with -o to replace it, or name another one.',
  });
}
