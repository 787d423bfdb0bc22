import { basename, join } from 'node:path';
import { summaryFile } from '../../experiment/index.ts';
import { nodeFiles } from '../../io/index.ts';
import type { RunFolder } from '../../store/index.ts';
import { formatFiles } from './write-formats.ts';

/** What the verdicts of a study are called. */
export const VERDICTS_FILE = 'verdicts.jsonl';

/** Where everything is that is made of a run's results: their further forms, the report, the summary of scores, the verdicts of a study. */
export function furtherFiles(folder: RunFolder): readonly string[] {
  return [...formatFiles(folder), summaryFile(folder), join(folder.path, VERDICTS_FILE)];
}

/** What is told of files that a run had. */
export interface RemovedFiles {
  /** Names of files that were made of earlier results and have gone with them; left out when there are none. */
  readonly removed?: readonly string[];
}

/** Notes which further files a run has; the function that it returns says which of them are gone by then. */
export async function noteFurtherFiles(folder: RunFolder): Promise<() => Promise<RemovedFiles>> {
  const before = await thereOf(furtherFiles(folder));
  return async () => {
    const left = await thereOf(before);
    const removed = before.filter((path) => !left.includes(path)).map((path) => basename(path));
    return removed.length > 0 ? { removed } : {};
  };
}

async function thereOf(paths: readonly string[]): Promise<readonly string[]> {
  const there = await Promise.all(
    paths.map((path) =>
      nodeFiles.lstat(path).then(
        () => true,
        () => false,
      ),
    ),
  );
  return paths.filter((_, at) => there[at]);
}
