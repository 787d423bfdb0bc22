import type { Clock, Random } from '../core/clock.ts';
import { isJsonObject, type JsonValue } from '../core/json.ts';
import { TuttiError } from '../core/tutti-error.ts';
import type { RunMedia } from '../media/index.ts';
import {
  type RunFolder,
  RunLock,
  type RunState,
  readRunState,
  runFolder,
  sha256OfFile,
} from '../store/index.ts';
import { type FirstPass, readExperiment } from './first-pass.ts';
import { idOf, lookAt, newRunId } from './go-on.ts';
import { leftOutMedia, limitOf, targetsAsRead } from './how-read.ts';
import type { FindTarget } from './lane-plan.ts';
import type { PreparedRun } from './prepared-run.ts';
import { refuseMistakes } from './refuse-mistakes.ts';

/** What a run is finished with. */
export interface FinishOptions {
  /** The run's folder. */
  readonly path: string;
  /** Finds what the models of the rows are; of one that is not found, what `run.json` keeps of it counts. */
  readonly findTarget: FindTarget;
  /** The files that rows may name, for a run that left rows out because of them; default: none is looked at. */
  readonly media?: RunMedia | undefined;
  readonly clock: Clock;
  readonly random: Random;
}

/**
 * Takes the lock of a run, so that the final files of what it has can be written without sending anything.
 *
 * @throws TuttiError `bad_usage` when the folder holds no run; `run_changed` when its input is not the one it was begun
 *   with; `unknown_model` when a name is not found and `run.json` does not say enough of it; `run_locked`, `unsafe_folder`, `newer_format`, `file_unreadable`
 */
export async function prepareFinish(options: FinishOptions): Promise<PreparedRun> {
  const { clock, random } = options;
  const folder = runFolder(options.path);
  const state = await readRunState(folder);
  if (state === undefined) throw noRun(options.path);
  const findings = await lookAt(folder);
  const id = (await idOf(folder, state)) ?? newRunId();
  const lock = await RunLock.acquire(folder.lock, { clock, random });
  try {
    if ((await sha256OfFile(folder.input)) !== state.input_sha256) throw otherInput(folder.input);
    const pass = await rowsOf(folder, state, options);
    const facts = { ...state, id };
    return { folder, lock, pass, resumed: true, facts, before: state, findings };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** The rows that the run had: what `--limit` or `--skip-invalid` left out then is left out now. */
async function rowsOf(
  folder: RunFolder,
  state: RunState,
  options: FinishOptions,
): Promise<FirstPass> {
  const input = folder.input;
  const findTarget = targetsAsRead(state, options.findTarget);
  const { rows } = isJsonObject(state.settings) ? state.settings : {};
  const media = leftOutMedia(state) ? options.media : undefined;
  const limit = limitOf(state);
  // Earlier versions did not keep the limit: it was none, or the number of rows.
  const limits = limit === undefined && typeof rows === 'number' ? [undefined, rows] : [limit];
  for (const most of limits) {
    const pass = await readExperiment({ input, findTarget, media, limit: most ?? undefined });
    if (pass.modelProblems.errors > 0) {
      refuseMistakes(pass, { label: input, skipInvalid: true });
    }
    if (typeof rows !== 'number' || pass.table.rowCount === rows) return pass;
  }
  throw otherRows(folder, rows);
}

function noRun(path: string): TuttiError {
  return new TuttiError('bad_usage', `${path} is not the folder of a run: it has no run.json`, {
    hint: 'Name the folder that a run gave as its results, such as tutti-out/prompts/2026-01-31T10-00-00Z.',
  });
}

function otherInput(path: string): TuttiError {
  return new TuttiError('run_changed', `${path} is not the input that the run was begun with`, {
    hint: 'Put the right one back; run.json holds its SHA-256.',
  });
}

function otherRows({ path }: RunFolder, rows: JsonValue | undefined): TuttiError {
  return new TuttiError(
    'run_changed',
    `The ${rows} rows that the run in ${path} was begun with cannot be told from the others any more`,
    { hint: 'Go on with it by the command that began it, or begin another run with --new.' },
  );
}
