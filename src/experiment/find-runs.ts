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

/** The runs of one experiment's folder. */
export interface FoundRuns {
  /** Its folder; it need not be there. */
  readonly experimentFolder: string;
  /** The newest first. */
  readonly runs: readonly FoundRun[];
  /** Those that have no `run.json`, the newest first. */
  readonly withoutState: readonly RunFolder[];
  /** Those whose `run.json` cannot be read, or must not be, the newest first. */
  readonly unreadable: readonly UnreadableRun[];
}

/** A run of which it is not known what it is. */
export interface UnreadableRun {
  readonly folder: RunFolder;
  readonly error: unknown;
}

interface Candidate extends FoundRuns {
  readonly isFirst: boolean;
  readonly isThere: boolean;
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
): Promise<FoundRuns> {
  const candidates = await candidatesOf(place, files);
  if (place.inputPath === null)
    return { ...candidates[0]!, runs: [], withoutState: [], unreadable: [] };
  const known = candidates.filter(({ isThere }) => isThere);
  const found =
    known.find(({ owner }) => owner === place.inputPath) ??
    known.find(isOfEarlierVersion) ??
    (await firstMoved(known, place, inputSha256, files));
  return found ?? candidates.find((candidate) => isFree(candidate))!;
}

/** Folders with the experiment's name and numbers behind it, and the first free one. */
async function candidatesOf({ out, name }: RunPlace, files: FileLayer): Promise<Candidate[]> {
  const taken = new Set(await files.list(out).catch(() => []));
  const numbers = [...taken].map((one) => numberOf(one, name));
  const candidates: Candidate[] = [];
  for (let number = 1; ; number++) {
    const path = join(out, number === 1 ? name : `${name}-${number}`);
    const candidate = await candidateAt(path, number === 1, files);
    if (candidate !== undefined) candidates.push(candidate);
    const isLast = numbers.every((one) => one <= number);
    if (isLast && candidates.some(isFree)) return candidates;
  }
}

function numberOf(folder: string, name: string): number {
  if (!folder.startsWith(`${name}-`)) return 0;
  const number = folder.slice(name.length + 1);
  return /^[1-9]\d{0,3}$/.test(number) ? Number(number) : 0;
}

/** Undefined for what is no folder: a link is never followed, and a file is somebody's. */
async function candidateAt(path: string, isFirst: boolean, files: FileLayer) {
  const nothing = { experimentFolder: path, runs: [], withoutState: [], unreadable: [], isFirst };
  const status = await files.lstat(path).catch(() => undefined);
  if (status === undefined) return { ...nothing, isThere: false, owner: undefined };
  if (!status.isDirectory) return undefined;
  const runs: FoundRun[] = [];
  const withoutState: RunFolder[] = [];
  const unreadable: UnreadableRun[] = [];
  for (const folder of await listRunFolders(path, files)) {
    try {
      const state = await readRunState(folder, files);
      if (state === undefined) withoutState.push(folder);
      else runs.push({ folder, state });
    } catch (error) {
      unreadable.push({ folder, error });
    }
  }
  const owner = runs.map(({ state }) => state.input_path).find((one) => typeof one === 'string');
  return { ...nothing, runs, withoutState, unreadable, isThere: true, owner };
}

function isFree({ isThere, runs, withoutState, unreadable }: Candidate): boolean {
  return !isThere || runs.length + withoutState.length + unreadable.length === 0;
}

/** Earlier versions named folders after the file alone, and did not say of which path it was. */
function isOfEarlierVersion(candidate: Candidate): boolean {
  return candidate.isFirst && candidate.owner === undefined && !isFree(candidate);
}

async function firstMoved(
  candidates: readonly Candidate[],
  { out }: RunPlace,
  inputSha256: string,
  files: FileLayer,
): Promise<Candidate | undefined> {
  for (const candidate of candidates) {
    const { owner, runs } = candidate;
    if (owner === undefined || owner.startsWith(GIVEN_NAME)) continue;
    if (!runs.some(({ state }) => state.input_sha256 === inputSha256)) continue;
    const isThere = await files.stat(resolve(out, owner)).then(
      () => true,
      () => false,
    );
    if (!isThere) return candidate;
  }
  return undefined;
}
