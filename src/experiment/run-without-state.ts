import { TuttiError } from '../core/tutti-error.ts';
import { nodeFiles } from '../io/index.ts';
import { checkRunFolder, type RunFolder, readJournal, sha256OfFile } from '../store/index.ts';
import type { FolderRuns, FoundRun } from './find-runs.ts';
import type { RunFinding } from './run-finding.ts';
import type { SentFacts } from './what-is-sent.ts';

/**
 * Runs that have lost their `run.json`: each folder is looked into once, which takes as long as its files are large, and
 * remembered. Folders are given with the newest first.
 */
export class LostRuns {
  readonly #inputSha256: string;
  /** Answers of folders by their path. */
  readonly #answers = new Map<string, number>();
  /** Paths of folders that hold answers to the input. */
  readonly #equal = new Set<string>();

  constructor(inputSha256: string) {
    this.#inputSha256 = inputSha256;
  }

  /** Looks for the first folder that holds answers to the input; without one, into all. @throws TuttiError when one cannot be read */
  async look(folders: readonly RunFolder[]): Promise<void> {
    const others: RunFolder[] = [];
    for (const folder of folders) {
      if (!(await this.#isOfInput(folder))) others.push(folder);
      else if ((await this.#count(folder)) > 0) {
        this.#equal.add(folder.path);
        return;
      }
    }
    for (const folder of others) await this.#count(folder);
  }

  /** True when it is known what the folders hold, as far as that matters. */
  knows(folders: readonly RunFolder[]): boolean {
    return (
      folders.every(({ path }) => this.#answers.has(path)) || this.#first(folders) !== undefined
    );
  }

  /**
   * A run of the input that holds answers: its description is made anew. What its models stood for then is not known; where
   * a row has several calls, each answer is compared with what is asked now.
   */
  equalRun(folders: readonly RunFolder[], facts: SentFacts): FoundRun | undefined {
    const folder = this.#first(folders);
    if (folder === undefined) return undefined;
    const { input_sha256, settings_sha256, settings } = facts;
    const state = { input_sha256, settings_sha256, settings, rebuilt: true };
    return { folder, state: { ...state, state: 'unfinished' } };
  }

  /** Says which folders hold answers, so that none are left behind in silence. */
  answersLeft(folders: readonly RunFolder[]): RunFinding[] {
    return folders.flatMap(({ path }) => {
      const answers = this.#answers.get(path) ?? 0;
      return answers > 0 ? [{ kind: 'answers_left', folder: path, answers } as const] : [];
    });
  }

  #first(folders: readonly RunFolder[]): RunFolder | undefined {
    return folders.find(({ path }) => this.#equal.has(path));
  }

  async #isOfInput({ input, journal }: RunFolder): Promise<boolean> {
    const status = await nodeFiles.lstat(journal).catch(() => undefined);
    if (status?.size === 0 || status === undefined) return false;
    return (await sha256OfFile(input)) === this.#inputSha256;
  }

  async #count(folder: RunFolder): Promise<number> {
    const answers = this.#answers.get(folder.path) ?? (await savedAnswers(folder));
    this.#answers.set(folder.path, answers);
    return answers;
  }
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
