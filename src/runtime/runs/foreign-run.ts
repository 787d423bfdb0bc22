import { realpath } from 'node:fs/promises';
import type { JsonObject } from '../../core/json.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { type FinishedRun, idOf, type PreparedRun, savedAnswers } from '../../experiment/index.ts';
import type { ActionContext } from '../context/action-context.ts';
import type { ForeignRun, Notice } from '../environment/notice.ts';
import type { KnownRun, KnownRuns } from './known-runs.ts';

const NOT_KEPT: Notice = { kind: 'runs_not_kept' };

/** How a run that was not begun here is met. */
export interface MeetOptions {
  /** Undefined: nothing is kept, and every run is known. */
  readonly known: KnownRuns | undefined;
  readonly resume: 'ask' | 'known';
  readonly agreeToRun: ActionContext['agreeToRun'];
  /** Told of a run that is not known to be one of this user's, before anybody is asked; it may throw. */
  readonly onUnknown?: (() => void) | undefined;
}

/** A run that goes on, and what is to be told of it. */
export interface MetRun<Pass> {
  readonly prepared: PreparedRun<Pass>;
  readonly notices: readonly Notice[];
}

/**
 * Makes sure that a run that goes on is one that was begun here, or that the user agrees to; a new one is kept as known.
 *
 * @throws TuttiError `run_unknown`; the run's lock is then given back
 */
export async function meetRun<Pass>(
  prepared: PreparedRun<Pass>,
  options: MeetOptions,
): Promise<MetRun<Pass>> {
  try {
    return await meet(prepared, options);
  } catch (error) {
    await prepared.lock.release();
    throw error;
  }
}

async function meet<Pass>(
  prepared: PreparedRun<Pass>,
  options: MeetOptions,
): Promise<MetRun<Pass>> {
  const { known } = options;
  if (known === undefined) return { prepared, notices: [] };
  const { folder, before, facts } = prepared;
  const run = { id: facts.id, path: await realpath(folder.path) };
  const isKnown = before === undefined || (await known.knows(run));
  if (isKnown === true) {
    return { prepared, notices: await keep(known, run) };
  }
  options.onUnknown?.();
  if (isKnown === null) return { prepared, notices: [NOT_KEPT] };
  const answers = await savedAnswers(folder);
  const foreign = foreignRun(folder.path, before, answers);
  const wasAsked = await agree(foreign, options);
  const taken = { ...facts, taken_over: { answers } };
  const told: Notice[] = wasAsked ? [] : [{ kind: 'foreign_run', run: foreign }];
  const notices = [...told, ...(await keep(known, run))];
  return { prepared: { ...prepared, facts: taken }, notices };
}

async function keep(known: KnownRuns, run: KnownRun): Promise<Notice[]> {
  return (await known.keep(run)) ? [] : [NOT_KEPT];
}

/**
 * Tells once of a finished run that was not begun here: its answers were not asked for by this user. It is then known.
 *
 * @throws TuttiError `run_unknown` where only known runs count
 */
export async function meetFinished(
  { finished: { folder, state } }: FinishedRun,
  { known, resume }: MeetOptions,
): Promise<readonly Notice[]> {
  if (known === undefined) return [];
  const id = (await idOf(folder, state)) ?? '';
  const run = { id, path: await realpath(folder.path) };
  if ((await known.knows(run)) !== false) return [];
  const foreign = foreignRun(folder.path, state, await savedAnswers(folder));
  if (resume === 'known') throw unknown(foreign);
  return [{ kind: 'foreign_run', run: foreign }, ...(await keep(known, run))];
}

/** True when somebody was asked. */
async function agree(run: ForeignRun, { resume, agreeToRun }: MeetOptions): Promise<boolean> {
  if (resume === 'known') throw unknown(run);
  if (agreeToRun === undefined) return false;
  if (!(await agreeToRun(run))) throw unknown(run);
  return true;
}

function foreignRun(folder: string, state: JsonObject, answers: number): ForeignRun {
  const text = (value: unknown) => (typeof value === 'string' ? value : null);
  return { folder, answers, beganAt: text(state.began_at), host: text(state.host) };
}

function unknown({ folder, answers }: ForeignRun): TuttiError {
  return new TuttiError(
    'run_unknown',
    `The run in ${folder} was not begun here; it holds ${answers} answers that were not asked for from here`,
    { hint: 'Begin another run with --new, or go on with this one with --resume ask.' },
  );
}
