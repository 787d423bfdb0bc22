import { join, resolve } from 'node:path';
import { type FileLayer, nodeFiles } from '../io/index.ts';
import { listRunFolders, type RunFolder, type RunState, readRunState } from '../store/index.ts';

/** Where the runs of an experiment are. */
export interface RunPlace {
  /** The folder that the folders of all experiments are in. */
  readonly out: string;
  /** The name of the experiment's folder, where no other experiment has it. */
  readonly name: string;
  /** The input's path from `out` on, or `name:` and a name that was given; null: always a new run. */
  readonly inputPath: string | null;
}

/** What a run is called that the user named, in place of its input's path. */
export const GIVEN_NAME = 'name:';

/** A run of which `run.json` was read. */
export interface FoundRun {
  readonly folder: RunFolder;
  readonly state: RunState;
}

/** A run of which it is not known what it is. */
export interface UnreadableRun {
  readonly folder: RunFolder;
  readonly error: unknown;
}

/** The runs of one experiment's folder, each read when it is needed, the newest first. */
export class FolderRuns {
  /** Its folder; it need not be there. */
  readonly experimentFolder: string;
  readonly #unread: RunFolder[];
  readonly #runs: FoundRun[] = [];
  readonly #withoutState: RunFolder[] = [];
  readonly #unreadable: UnreadableRun[] = [];
  readonly #files: FileLayer;

  /** @param folders the newest first; default: there are no runs */
  constructor(experimentFolder: string, folders: readonly RunFolder[] = [], files = nodeFiles) {
    this.experimentFolder = experimentFolder;
    this.#unread = [...folders];
    this.#files = files;
  }

  /** Those that were read, the newest first: all, once one that is not there was looked for. */
  get runs(): readonly FoundRun[] {
    return this.#runs;
  }

  /** Those of them that have no `run.json`, the newest first. */
  get withoutState(): readonly RunFolder[] {
    return this.#withoutState;
  }

  /** Those of them whose `run.json` cannot be read, or must not be, the newest first. */
  get unreadable(): readonly UnreadableRun[] {
    return this.#unreadable;
  }

  /** True when there are no runs. */
  get isEmpty(): boolean {
    return [this.#unread, this.#runs, this.#withoutState, this.#unreadable].every(
      ({ length }) => length === 0,
    );
  }

  /** Finds the newest run with such a state, and reads none that is older. */
  async find(isMeant: (state: RunState) => boolean): Promise<FoundRun | undefined> {
    const known = this.#runs.find(({ state }) => isMeant(state));
    if (known !== undefined) return known;
    for (;;) {
      const folder = this.#unread.shift();
      if (folder === undefined) return undefined;
      const run = await this.#read(folder);
      if (run !== undefined && isMeant(run.state)) return run;
    }
  }

  async #read(folder: RunFolder): Promise<FoundRun | undefined> {
    try {
      const state = await readRunState(folder, this.#files);
      if (state !== undefined) return this.#runs[this.#runs.push({ folder, state }) - 1];
      this.#withoutState.push(folder);
    } catch (error) {
      this.#unreadable.push({ folder, error });
    }
    return undefined;
  }
}

interface Candidate {
  readonly runs: FolderRuns;
  readonly isFirst: boolean;
  /** The input whose runs are there; undefined in a folder of an earlier version, and in one without runs. */
  readonly owner: string | undefined;
}

/**
 * Finds the runs of an input below the output folder: `prompts`, or `prompts-2` where another input of that name came
 * first. Runs of an input that was moved go along with it: its old path is gone, and its bytes are the same.
 *
 * @throws TuttiError `file_unreadable`
 */
export async function findRuns(
  place: RunPlace,
  inputSha256: string,
  files: FileLayer = nodeFiles,
): Promise<FolderRuns> {
  const { out, name, inputPath } = place;
  const candidates: Candidate[] = [];
  const isFree = ({ runs }: Candidate) => runs.isEmpty;
  const numbers = await numbersOf(place, files);
  for (let next = 0; next < numbers.length || !candidates.some(isFree); next++) {
    const number = numbers[next] ?? numbers.at(-1)! + 1 + next - numbers.length;
    const path = join(out, number === 1 ? name : `${name}-${number}`);
    const runs = await runsAt(path, files);
    if (runs === undefined) continue;
    if (inputPath === null) return new FolderRuns(path);
    const named = await runs.find((state) => typeof state.input_path === 'string');
    const owner = named?.state.input_path as string | undefined;
    if (owner === inputPath) return runs;
    candidates.push({ runs, isFirst: number === 1, owner });
  }
  const found =
    candidates.find(isOfEarlierVersion)?.runs ??
    (await firstMoved(candidates, place, inputSha256, files));
  return found ?? candidates.find(isFree)!.runs;
}

/** The numbers of folders with the experiment's name, its own being the first, and the least that is not there. */
async function numbersOf({ out, name }: RunPlace, files: FileLayer): Promise<readonly number[]> {
  const names = await files.list(out).catch(() => []);
  const taken = new Set(names.map((one) => numberOf(one, name)));
  taken.delete(0);
  let free = 1;
  while (taken.has(free)) free++;
  return [...taken, free].sort((left, right) => left - right);
}

/** 0 for another experiment's. */
function numberOf(folder: string, name: string): number {
  if (folder === name) return 1;
  if (!folder.startsWith(`${name}-`)) return 0;
  const number = folder.slice(name.length + 1);
  return /^[1-9]\d{0,3}$/.test(number) && number !== '1' ? Number(number) : 0;
}

/** Undefined for what is no folder: a link is never followed, and a file is somebody's. */
async function runsAt(path: string, files: FileLayer): Promise<FolderRuns | undefined> {
  const status = await files.lstat(path).catch(() => undefined);
  if (status === undefined) return new FolderRuns(path);
  if (!status.isDirectory) return undefined;
  return new FolderRuns(path, await listRunFolders(path, files), files);
}

/** Earlier versions named folders after the file alone, and did not say of which path it was. */
function isOfEarlierVersion({ isFirst, owner, runs }: Candidate): boolean {
  return isFirst && owner === undefined && !runs.isEmpty;
}

async function firstMoved(
  candidates: readonly Candidate[],
  { out }: RunPlace,
  inputSha256: string,
  files: FileLayer,
): Promise<FolderRuns | undefined> {
  for (const { owner, runs } of candidates) {
    if (owner === undefined || owner.startsWith(GIVEN_NAME)) continue;
    const isThere = await files.stat(resolve(out, owner)).then(
      () => true,
      () => false,
    );
    if (isThere) continue;
    const isSame = (state: RunState) => state.input_sha256 === inputSha256;
    if ((await runs.find(isSame)) !== undefined) return runs;
  }
  return undefined;
}
