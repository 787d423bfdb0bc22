import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Clock, Random } from '../core/clock.ts';
import type { JsonObject } from '../core/json.ts';
import { TuttiError } from '../core/tutti-error.ts';
import {
  createRunFolder,
  type FoundRun,
  newestRun,
  newestRunWhere,
  type RunFolder,
  RunLock,
  Spool,
  writeRunState,
} from '../store/index.ts';
import { type FirstPass, readExperiment } from './first-pass.ts';
import type { RequestTarget } from './forms/request-line.ts';
import type { FindTarget, LaneTarget } from './lane-plan.ts';
import { refuseMistakes } from './refuse-mistakes.ts';
import { type SentFacts, whatChanged, whatIsSent } from './what-is-sent.ts';

const LONGEST_CHOICE_MS = 3_000;
const CHOICE_PAUSE_MS = 20;

/** What a run is made from. */
export interface PrepareOptions {
  /** Path of the experiment, or a stream. */
  readonly input: string | Readable;
  /** What the input is called in messages: its path, or `standard input`. */
  readonly label: string;
  /** The experiment's folder below the output folder. */
  readonly experimentFolder: string;
  readonly findTarget: FindTarget;
  /** Only the first so many rows; default all. */
  readonly limit?: number | undefined;
  /** Columns of a table whose cells are JSON where they are wholly JSON; default none. */
  readonly typed?: readonly string[] | undefined;
  /** Whom the lines are for, where they are requests and no rows. */
  readonly requests?: RequestTarget | undefined;
  /** Leaves malformed lines out instead of refusing the run. */
  readonly skipInvalid: boolean;
  /** Begins a new run even if there is one to go on with. */
  readonly fresh: boolean;
  readonly clock: Clock;
  readonly random: Random;
  /** Further facts for `run.json`, such as versions. No secrets. */
  readonly facts: JsonObject;
}

/** A run that may start: its folder is locked, its rows are known. */
export interface PreparedRun {
  readonly folder: RunFolder;
  readonly lock: RunLock;
  readonly pass: FirstPass;
  /** True when an earlier process began it. */
  readonly resumed: boolean;
  /** What `run.json` says of it, besides its state. */
  readonly facts: JsonObject & { readonly input_sha256: string };
}

/** An equal run that is complete. */
export interface FinishedRun {
  readonly finished: FoundRun;
}

/**
 * Reads the experiment and finds the run that it belongs to: an equal one that is not finished goes on,
 * whatever was run since, else a new one begins.
 *
 * @throws TuttiError `bad_input` or `unknown_model` with every mistake; `run_changed` when an
 * unfinished run has another input or other settings; `run_locked` when another process has it.
 */
export async function prepareRun(options: PrepareOptions): Promise<PreparedRun | FinishedRun> {
  const { clock, random, experimentFolder } = options;
  const spool = await Spool.create(experimentFolder, { clock, random });
  try {
    const pass = await readExperiment({ ...options, tee: (bytes) => spool.write(bytes) });
    refuseMistakes(pass, options);
    const inputSha256 = await spool.end();
    const choosing = await waitForChoice(join(experimentFolder, '.choosing'), options);
    try {
      return await chooseRun(options, pass, spool, inputSha256);
    } finally {
      await choosing.release();
    }
  } finally {
    await spool.discard();
  }
}

/** Takes the lock of the choice. It is held for milliseconds, so another process's choice is waited for. */
async function waitForChoice(
  path: string,
  { clock, random }: Pick<PrepareOptions, 'clock' | 'random'>,
): Promise<RunLock> {
  const untilMs = clock.monotonicMs() + LONGEST_CHOICE_MS;
  for (;;) {
    try {
      return await RunLock.acquire(path, { clock, random });
    } catch (error) {
      const isHeld = error instanceof TuttiError && error.code === 'run_locked';
      if (!isHeld || clock.monotonicMs() >= untilMs) throw error;
    }
    await new Promise<void>((resolve) => {
      clock.after(CHOICE_PAUSE_MS, resolve);
    });
  }
}

async function chooseRun(
  options: PrepareOptions,
  pass: FirstPass,
  spool: Spool,
  inputSha256: string,
): Promise<PreparedRun | FinishedRun> {
  const { clock, random, experimentFolder, fresh } = options;
  const settings = whatIsSent(pass);
  const facts = {
    ...options.facts,
    limits: limitsInForce(pass.lanes),
    input_sha256: inputSha256,
    settings_sha256: sha256(JSON.stringify(settings)),
    settings,
  };
  const before = fresh ? undefined : await equalOrNewest(experimentFolder, facts);
  const changes = before ? whatChanged(before.state, facts) : [];
  if (before && changes.length === 0) {
    if (before.state.state === 'finished') return { finished: before };
    const lock = await RunLock.acquire(before.folder.lock, { clock, random });
    const { learned } = before.state;
    const known = learned === undefined ? facts : { ...facts, learned };
    return { folder: before.folder, lock, pass, resumed: true, facts: known };
  }
  if (before && before.state.state !== 'finished') {
    throw new TuttiError(
      'run_changed',
      `${before.folder.path} is not finished and cannot go on: ${changes.join('; ')}`,
      { hint: 'Undo the change to go on with it, or begin another run with --new.' },
    );
  }
  const folder = await createRunFolder(experimentFolder, clock);
  const lock = await RunLock.acquire(folder.lock, { clock, random });
  try {
    await spool.adopt(folder);
    await writeRunState(folder, { ...facts, state: 'running' });
  } catch (error) {
    await lock.release();
    throw error;
  }
  return { folder, lock, pass, resumed: false, facts };
}

/** An equal run is found again behind newer ones: its answers are paid for. */
async function equalOrNewest(folder: string, facts: SentFacts): Promise<FoundRun | undefined> {
  const equal = await newestRunWhere(folder, (state) => whatChanged(state, facts).length === 0);
  return equal ?? (await newestRun(folder));
}

/** Each limiter's limits, by the names that a limits file has for them. */
function limitsInForce(lanes: readonly LaneTarget[]): JsonObject {
  const limiters = lanes.flatMap((lane) => lane.limiters);
  return Object.fromEntries(
    limiters.map(({ name, limits }) => [
      name,
      {
        ...(limits.requestsPerMinute !== undefined && { rpm: limits.requestsPerMinute }),
        ...(limits.tokensPerMinute !== undefined && { tpm: limits.tokensPerMinute }),
        ...(limits.concurrency !== undefined && { concurrency: limits.concurrency }),
      },
    ]),
  );
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
