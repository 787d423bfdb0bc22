import type { JsonObject, JsonValue } from '../core/json.ts';
import { isJsonObject } from '../core/json.ts';
import { TuttiError } from '../core/tutti-error.ts';
import { type FileLayer, nodeFiles, readLines, writeFileAtomically } from '../io/index.ts';
import { listRunFolders, type RunFolder } from './run-folder.ts';

/**
 * What `run.json` holds, by the names it has there; everything but these is the caller's.
 * `running` without a live lock means that the process was killed.
 */
export interface RunState {
  readonly state: 'running' | 'unfinished' | 'finished';
  /** SHA-256 of the input's bytes, in hexadecimal. */
  readonly input_sha256: string;
  readonly [key: string]: JsonValue;
}

const STATES: readonly JsonValue[] = ['running', 'unfinished', 'finished'];

/** Writes `run.json` atomically. @throws TuttiError `disk_full` or `file_unwritable`. */
export async function writeRunState(
  folder: RunFolder,
  state: RunState,
  files: FileLayer = nodeFiles,
): Promise<void> {
  await writeFileAtomically(folder.state, `${JSON.stringify(state, null, 2)}\n`, { files });
}

/**
 * Reads `run.json`; undefined if there is none, since the run ended before it began.
 *
 * @throws TuttiError `file_unreadable`, also when it is not what was written.
 */
export async function readRunState(
  folder: RunFolder,
  files: FileLayer = nodeFiles,
): Promise<RunState | undefined> {
  let text = '';
  try {
    for await (const lines of readLines(folder.state, { files })) {
      for (const line of lines) text += `${line.text}\n`;
    }
  } catch (error) {
    if (error instanceof TuttiError && error.code === 'file_missing') return undefined;
    throw error;
  }
  const state = parsed(text);
  if (state !== undefined) return state;
  throw new TuttiError('file_unreadable', `${folder.state} is not the description of a run`, {
    hint: `Move ${folder.path} away, or use --new to begin another run.`,
  });
}

/** A run of which `run.json` was read. */
export interface FoundRun {
  readonly folder: RunFolder;
  readonly state: RunState;
}

/** Finds the newest run of an experiment that has a `run.json`; undefined if there is none. */
export async function newestRun(
  experimentFolder: string,
  files: FileLayer = nodeFiles,
): Promise<FoundRun | undefined> {
  return newestRunWhere(experimentFolder, () => true, files);
}

/** Finds the newest run whose `run.json` is as wanted; undefined if there is none. */
export async function newestRunWhere(
  experimentFolder: string,
  wanted: (state: RunState) => boolean,
  files: FileLayer = nodeFiles,
): Promise<FoundRun | undefined> {
  for (const folder of await listRunFolders(experimentFolder, files)) {
    const state = await readRunState(folder, files);
    if (state !== undefined && wanted(state)) return { folder, state };
  }
  return undefined;
}

function parsed(text: string): RunState | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isJsonObject(value) && isRunState(value) ? value : undefined;
}

function isRunState(value: JsonObject): value is JsonObject & RunState {
  return STATES.includes(value.state ?? null) && typeof value.input_sha256 === 'string';
}
