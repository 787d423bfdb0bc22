import type { Clock, Random } from '../core/clock.ts';
import { TuttiError } from '../core/tutti-error.ts';
import { RunLock, type RunState, readRunState, runFolder, sha256OfFile } from '../store/index.ts';
import { type FirstPass, readExperiment } from './first-pass.ts';
import { idOf, lookAt } from './go-on.ts';
import type { FindTarget } from './lane-plan.ts';
import type { PreparedRun } from './prepared-run.ts';

/** What a run is finished with. */
export interface FinishOptions {
  /** The run's folder. */
  readonly path: string;
  /** Finds what the models of the rows are; one that is not found does not matter, since nothing is sent. */
  readonly findTarget: FindTarget;
  readonly clock: Clock;
  readonly random: Random;
}

/**
 * Takes the lock of a run, so that the final files of what it has can be written without sending anything.
 *
 * @throws TuttiError `bad_usage` when the folder holds no run; `run_changed` when its input is not the one it was begun
 *   with; `run_locked`, `unsafe_folder`, `newer_format`, `file_unreadable`
 */
export async function prepareFinish(options: FinishOptions): Promise<PreparedRun> {
  const { clock, random } = options;
  const folder = runFolder(options.path);
  const state = await readRunState(folder);
  if (state === undefined) throw noRun(options.path);
  const findings = await lookAt(folder);
  const id = (await idOf(folder, state)) ?? '';
  const lock = await RunLock.acquire(folder.lock, { clock, random });
  try {
    if ((await sha256OfFile(folder.input)) !== state.input_sha256) throw otherInput(folder.input);
    const pass = await rowsOf(folder.input, state, options.findTarget);
    const facts = { ...state, id };
    return { folder, lock, pass, resumed: true, facts, before: state, findings };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** The rows that the run had: what `--limit` or `--skip-invalid` left out then is left out now. */
async function rowsOf(input: string, state: RunState, findTarget: FindTarget): Promise<FirstPass> {
  const settings = state.settings as { readonly rows?: unknown } | undefined;
  const rows = typeof settings?.rows === 'number' ? settings.rows : undefined;
  const findAny: FindTarget = (selector) => {
    const target = findTarget(selector);
    if (!('message' in target)) {
      // What could not be sent was refused before the run began, and nothing is sent now.
      const { refuses: _, ...rest } = target;
      return rest;
    }
    const { reference, api, modelName, group } = selector;
    const name = reference ?? `${api}/${modelName}`;
    const open = () => Promise.reject(new Error('nothing is sent'));
    return {
      ...{ reference: name, resolvedReference: name, group, name, limiters: [], open },
      severalChoices: true,
    };
  };
  return await readExperiment({ input, findTarget: findAny, mostRows: rows });
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
