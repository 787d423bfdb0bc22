import { numberOf, parseExactJson } from '../core/exact-json.ts';
import type { JsonObject, JsonValue } from '../core/json.ts';
import { isJsonObject } from '../core/json.ts';
import { TuttiError } from '../core/tutti-error.ts';
import { type FileLayer, readLines, writeFileAtomically } from '../io/index.ts';
import { ownFiles } from './own-files.ts';
import type { RunFolder } from './run-folder.ts';

/** The newest form of `run.json` that is understood. */
export const RUN_FORMAT = 2;

/**
 * What `run.json` holds, by the names it has there; everything but these is the caller's.
 * `running` without a live lock means that the process was killed.
 */
export interface RunState {
  readonly state: 'running' | 'unfinished' | 'finished';
  /** SHA-256 of the input's rows as JSON lines, the bytes of `input.jsonl`, in hexadecimal. */
  readonly input_sha256: string;
  readonly [key: string]: JsonValue;
}

/** What `run.json` of a program's workflow has as `made_by`; that of a command's run has `settings_sha256`. */
export const MADE_BY_WORKFLOW = 'workflow';

const STATES: readonly JsonValue[] = ['running', 'unfinished', 'finished'];

/** Writes `run.json` atomically. @throws TuttiError `disk_full` or `file_unwritable`. */
export async function writeRunState(
  folder: RunFolder,
  state: RunState,
  base?: FileLayer,
): Promise<void> {
  const text = `${JSON.stringify(state, null, 2)}\n`;
  await writeFileAtomically(folder.state, text, { files: ownFiles(base) });
}

/**
 * Reads `run.json`; undefined if there is none, since the run ended before it began.
 *
 * @throws TuttiError `file_unreadable`, also when it is not what was written; `newer_format`; `unsafe_folder`.
 */
export async function readRunState(
  folder: RunFolder,
  base?: FileLayer,
): Promise<RunState | undefined> {
  let text = '';
  try {
    for await (const lines of readLines(folder.state, { files: ownFiles(base) })) {
      for (const line of lines) text += `${line.text}\n`;
    }
  } catch (error) {
    if (error instanceof TuttiError && error.code === 'file_missing') return undefined;
    throw error;
  }
  const value = parsed(text);
  if (value !== undefined) refuseNewer(folder, value);
  if (value !== undefined && isRunState(value)) return value;
  throw new TuttiError('file_unreadable', `${folder.state} is not the description of a run`, {
    hint: `Move ${folder.path} away, or use --new to begin another run.`,
  });
}

function refuseNewer({ state, path }: RunFolder, { format, tutti }: JsonObject): void {
  if ((numberOf(format) ?? 0) <= RUN_FORMAT) return;
  const version = typeof tutti === 'string' ? `tutti ${tutti}` : 'a later tutti';
  throw new TuttiError(
    'newer_format',
    `${state} was written by ${version} (format ${numberOf(format)}; this tutti reads up to ${RUN_FORMAT})`,
    { hint: `Use ${version} or a later one to go on with ${path}; nothing was changed.` },
  );
}

function parsed(text: string): JsonObject | undefined {
  try {
    const value: unknown = parseExactJson(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRunState(value: JsonObject): value is JsonObject & RunState {
  return STATES.includes(value.state ?? null) && typeof value.input_sha256 === 'string';
}
