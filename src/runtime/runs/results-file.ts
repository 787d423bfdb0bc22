import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { runFolder } from '../../store/index.ts';

/** Where results are. */
export interface ResultsFile {
  /** Absolute path of the file. */
  readonly path: string;
  /** True where a run's folder was named. */
  readonly isOfRun: boolean;
}

/**
 * Finds the results that somebody names by a run's folder or a file.
 *
 * @throws TuttiError `file_missing` for the folder of a run that has not ended
 */
export async function findResults(source: string, workingFolder: string): Promise<ResultsFile> {
  const path = resolve(workingFolder, source);
  const isOfRun = (await stat(path).catch(() => null))?.isDirectory() ?? false;
  if (!isOfRun) return { path, isOfRun };
  const { completed } = runFolder(path);
  if ((await stat(completed).catch(() => null)) === null) throw withoutResults(source);
  return { path: completed, isOfRun };
}

function withoutResults(source: string): TuttiError {
  const folder = plainLine(source, 1000);
  return new TuttiError('file_missing', `${folder} has no completed.jsonl`, {
    hint: `Name the folder of a run. Of one that has not ended, \`tutti run ${folder} --finish\` writes what there is; the same \`tutti run\` as before goes on with it.`,
  });
}
