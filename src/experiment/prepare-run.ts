import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Clock, Random } from '../core/clock.ts';
import type { JsonObject } from '../core/json.ts';
import { TuttiError } from '../core/tutti-error.ts';
import { checkLocks, createRunFolder, RunLock, Spool, writeRunState } from '../store/index.ts';
import { FolderRuns, type FoundRun, findRuns, type RunPlace } from './find-runs.ts';
import { type FirstPass, readExperiment } from './first-pass.ts';
import type { RequestTarget } from './forms/request-line.ts';
import { goOnWith, hasResults, newRunId } from './go-on.ts';
import { howRead } from './how-read.ts';
import { howInputChanged } from './input-change.ts';
import type { FindTarget, LaneTarget } from './lane-plan.ts';
import type { FinishedRun, PreparedRun } from './prepared-run.ts';
import { refuseMistakes } from './refuse-mistakes.ts';
import type { RunFinding } from './run-finding.ts';
import { answersLeft, folderNeverBegun, runWithoutState } from './run-without-state.ts';
import { type SentFacts, whatChanged, whatIsSent } from './what-is-sent.ts';

const MAX_CHOICE_MS = 3_000;
const CHOICE_PAUSE_MS = 20;

/** What a run is made from. */
export interface PrepareOptions {
  /** Path of the experiment, or a stream. */
  readonly input: string | Readable;
  /** What the input is called in messages: its path, or `standard input`. */
  readonly label: string;
  readonly place: RunPlace;
  /** The one run that may go on, where its folder was named; its copy of the input is then the input. Default: any. */
  readonly only?: FoundRun | undefined;
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

/**
 * Reads the experiment and finds the run that it belongs to: an equal one of the same path that is not finished goes
 * on, whatever was run since, else a new one begins.
 *
 * @throws TuttiError `bad_input` or `unknown_model` with every mistake; `run_changed` when an
 * unfinished run has another input or other settings; `run_locked` when another process has it; `unsafe_folder` when it
 * is not safe to write there; `newer_format` for one of a later version.
 */
export async function prepareRun(options: PrepareOptions): Promise<PreparedRun | FinishedRun> {
  const { clock, random, place } = options;
  const spool = await Spool.create(place.out, { clock, random });
  try {
    const pass = await readExperiment({ ...options, tee: (bytes) => spool.write(bytes) });
    refuseMistakes(pass, options);
    const inputSha256 = await spool.end();
    await checkLocks(place.out);
    const choosing = await waitForChoice(join(place.out, '.choosing'), options);
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
  const untilMs = clock.monotonicMs() + MAX_CHOICE_MS;
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
  const { clock, place, fresh, only } = options;
  const settings = whatIsSent(pass);
  const facts = {
    ...options.facts,
    limits: limitsInForce(pass.lanes),
    input_path: place.inputPath,
    input_sha256: inputSha256,
    settings_sha256: sha256(JSON.stringify(settings)),
    settings,
    reading: howRead(pass, options.limit),
  };
  const found =
    only === undefined
      ? await findRuns(place, inputSha256)
      : new FolderRuns(place.out, [only.folder]);
  const findings: RunFinding[] = [];
  if (!fresh) {
    const equal =
      (await found.find((state) => whatChanged(state, facts).length === 0)) ??
      (await runWithoutState(found.withoutState, facts));
    // One that cannot be read stands in the way of what is older, not of what is newer.
    const doubtful = found.unreadable[0];
    if (doubtful && doubtful.folder.name > (equal?.folder.name ?? '')) throw doubtful.error;
    if (equal !== undefined) {
      const isComplete = equal.state.state === 'finished' && (await hasResults(equal));
      return isComplete ? { finished: equal } : goOnWith(equal, { ...options, pass, facts, spool });
    }
    const newest = found.runs[0];
    if (newest !== undefined && newest.state.state !== 'finished') {
      throw await cannotGoOn(newest, facts, only === undefined ? spool : undefined);
    }
    findings.push(...(await answersLeft(found.withoutState)));
  }
  const began = new Date(clock.wallMs()).toISOString();
  const own = { id: newRunId(), began_at: began, host: hostname() };
  return beginRun(found, options, {
    pass,
    spool,
    findings,
    facts: { ...own, ...facts },
  });
}

async function beginRun(
  found: FolderRuns,
  { clock, random }: PrepareOptions,
  begun: Pick<PreparedRun, 'pass' | 'findings' | 'facts'> & { readonly spool: Spool },
): Promise<PreparedRun> {
  const { spool, ...rest } = begun;
  const folder =
    (await folderNeverBegun(found)) ?? (await createRunFolder(found.experimentFolder, clock));
  const lock = await RunLock.acquire(folder.lock, { clock, random });
  try {
    await spool.adopt(folder);
    await writeRunState(folder, { ...rest.facts, state: 'running' });
  } catch (error) {
    await lock.release();
    throw error;
  }
  return { ...rest, folder, lock, resumed: false, before: undefined };
}

/** @param spool a copy of the input; undefined where the run's own copy was the input */
async function cannotGoOn({ folder, state }: FoundRun, facts: SentFacts, spool: Spool | undefined) {
  const isInput = state.input_sha256 !== facts.input_sha256;
  const how =
    spool === undefined
      ? 'its input.jsonl is not the one that it was begun with'
      : await howInputChanged(folder.input, spool.path);
  const clauses = isInput ? [how] : whatChanged(state, facts);
  return new TuttiError(
    'run_changed',
    `${folder.path} is not finished and cannot go on: ${clauses.join('; ')}`,
    { hint: 'Undo the change to go on with it, or begin another run with --new.' },
  );
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
