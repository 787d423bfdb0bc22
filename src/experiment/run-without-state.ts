import { TuttiError } from '../core/tutti-error.ts';
import { nodeFiles } from '../io/index.ts';
import { checkRunFolder, type RunFolder, readJournal, sha256OfFile } from '../store/index.ts';
import type { FolderRuns, FoundRun } from './find-runs.ts';
import type { RunFinding } from './run-finding.ts';
import type { SentFacts } from './what-is-sent.ts';

/**
 * Finds a run of the same input that has lost its `run.json` but holds answers: its description is made anew. What its
 * models stood for then is not known; where a row has several calls, each answer is compared with what is asked now.
 *
 * @param folders the newest first
 */
export async function runWithoutState(
  folders: readonly RunFolder[],
  facts: SentFacts,
): Promise<FoundRun | undefined> {
  for (const folder of folders) {
    if ((await savedAnswers(folder)) === 0) continue;
    if ((await sha256OfFile(folder.input)) !== facts.input_sha256) continue;
    const { input_sha256, settings_sha256, settings } = facts;
    const state = { input_sha256, settings_sha256, settings, rebuilt: true };
    return { folder, state: { ...state, state: 'unfinished' } };
  }
  return undefined;
}

/** Says which folders without `run.json` hold answers, so that none are left behind in silence. */
export async function answersLeft(folders: readonly RunFolder[]): Promise<RunFinding[]> {
  const findings: RunFinding[] = [];
  for (const folder of folders) {
    const answers = await savedAnswers(folder);
    if (answers > 0) findings.push({ kind: 'answers_left', folder: folder.path, answers });
  }
  return findings;
}

/** Counts the answers in a run's journal; 0 where there is none. @throws TuttiError when it cannot be read */
export async function savedAnswers({ journal }: RunFolder): Promise<number> {
  try {
    return (await readJournal(journal, () => {})).answers;
  } catch (error) {
    if (error instanceof TuttiError && error.code === 'file_missing') return 0;
    throw error;
  }
}

/** What a process has made by then that ended before it could describe its run. */
const BEFORE_STATE = /^(?:lock(?:\..+)?|input\.jsonl|\.run\.json\..+)$/;

/** Finds the newest folder, if no run was ever begun in it: a process was killed just then, and another takes its place. */
export async function folderNeverBegun({
  runs,
  withoutState,
}: FolderRuns): Promise<RunFolder | undefined> {
  const newest = withoutState[0];
  if (newest === undefined || newest.name < (runs[0]?.folder.name ?? '')) return undefined;
  try {
    await checkRunFolder(newest.path);
    const names = await nodeFiles.list(newest.path);
    return names.every((name) => BEFORE_STATE.test(name)) ? newest : undefined;
  } catch {
    return undefined;
  }
}
