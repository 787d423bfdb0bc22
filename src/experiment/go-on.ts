import { randomBytes } from 'node:crypto';
import type { Clock, Random } from '../core/clock.ts';
import { isJsonObject, type JsonObject } from '../core/json.ts';
import { TuttiError } from '../core/tutti-error.ts';
import { nodeFiles } from '../io/index.ts';
import {
  checkRunFolder,
  type RunFolder,
  RunLock,
  type RunState,
  readRunId,
  type Spool,
  sha256OfFile,
} from '../store/index.ts';
import type { FoundRun } from './find-runs.ts';
import type { PreparedRun } from './prepared-run.ts';
import type { RunFinding } from './run-finding.ts';

/** With what a run goes on. */
export interface GoOnOptions<Pass> {
  readonly pass: Pass;
  readonly facts: JsonObject & { readonly input_sha256: string };
  /** A copy of the input, whose hash is that of the facts. */
  readonly spool: Spool;
}

/** What `run.json` says of a run from its beginning on. */
const LASTING = ['began_at', 'host', 'learned', 'taken_over', 'filled'] as const;

/** Tells whether the results of a finished run are there. Of some runs only what failed is among them. */
export async function hasResults({ folder, state }: FoundRun): Promise<boolean> {
  const path = state.records === false ? folder.failed : folder.completed;
  const status = await nodeFiles.lstat(path).catch(() => undefined);
  return status?.isFile === true;
}

/** Tells whether rows of a finished run have failed, as far as it says. */
export function hasFailures({ state: { totals } }: FoundRun): boolean {
  return !isJsonObject(totals) || totals.failed !== 0;
}

/** A run that goes on: nobody else can change it any more. */
export interface TakenRun extends FoundRun {
  readonly lock: RunLock;
  readonly id: string;
  readonly findings: readonly RunFinding[];
}

/**
 * Takes the lock of a run that goes on, once its folder was looked at.
 *
 * @throws TuttiError `unsafe_folder`, `run_locked`, `run_changed` when its journal is another run's
 */
export async function takeRun(
  { folder, state }: FoundRun,
  { clock, random }: { readonly clock: Clock; readonly random: Random },
): Promise<TakenRun> {
  const findings = await lookAt(folder);
  const id = (await idOf(folder, state)) ?? newRunId();
  const lock = await RunLock.acquire(folder.lock, { clock, random });
  return { folder, state, lock, id, findings };
}

/**
 * Makes sure that the input of a run that goes on is the one it had, and gives the lock back where that fails.
 *
 * @throws TuttiError when a file cannot be read or written
 */
export async function goOnWith<Pass>(
  { folder, state, lock, id, findings: looked }: TakenRun,
  { pass, facts, spool }: GoOnOptions<Pass>,
): Promise<PreparedRun<Pass>> {
  const findings = [...looked];
  try {
    if ((await sha256OfFile(folder.input)) !== facts.input_sha256) {
      await spool.adopt(folder);
      findings.push({ kind: 'input_restored', folder: folder.path });
    }
  } catch (error) {
    await lock.release();
    throw error;
  }
  if (state.rebuilt === true) findings.push({ kind: 'state_rebuilt', folder: folder.path });
  const isRebuilt = state.state === 'finished' && !(await hasResults({ folder, state }));
  if (isRebuilt) findings.push({ kind: 'results_rebuilt', folder: folder.path });
  const lasting = LASTING.flatMap((name) =>
    state[name] === undefined ? [] : [[name, state[name]]],
  );
  const known = { id, ...Object.fromEntries(lasting), ...facts };
  return { folder, lock, pass, resumed: true, facts: known, before: state, findings };
}

/** Refuses a folder that is not safe to use, and says what is doubtful about it. */
export async function lookAt(folder: RunFolder): Promise<RunFinding[]> {
  const { groupMayWrite, ownersUnknown } = await checkRunFolder(folder.path);
  return [
    ...(groupMayWrite ? [{ kind: 'group_may_write', folder: folder.path } as const] : []),
    ...(ownersUnknown ? [{ kind: 'owners_unknown', folder: folder.path } as const] : []),
  ];
}

/** Makes the id of a run that has none. */
export function newRunId(): string {
  return randomBytes(16).toString('hex');
}

/**
 * Reads the id of a run; undefined for one of an earlier version, which had none.
 *
 * @throws TuttiError `run_changed` when its journal is another run's
 */
export async function idOf(folder: RunFolder, state: RunState): Promise<string | undefined> {
  const ofJournal = await readRunId(folder.journal);
  const own = typeof state.id === 'string' && state.id !== '' ? state.id : undefined;
  if (own === undefined || ofJournal === undefined || own === ofJournal) return own ?? ofJournal;
  throw new TuttiError(
    'run_changed',
    `${folder.journal} is the journal of another run than the one that ${folder.state} describes`,
    { hint: 'Put the right one back, or begin another run with --new.' },
  );
}
