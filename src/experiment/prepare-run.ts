import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Clock, Random } from '../core/clock.ts';
import type { JsonObject } from '../core/json.ts';
import { TuttiError } from '../core/tutti-error.ts';
import type { RunMedia } from '../media/index.ts';
import {
  checkLocks,
  createRunFolder,
  ownFiles,
  type RunFolder,
  RunLock,
  Spool,
  writeRunState,
} from '../store/index.ts';
import { FolderRuns, type FoundRun, findRuns, type RunPlace } from './find-runs.ts';
import { type FirstPass, readExperiment } from './first-pass.ts';
import { fillingFacts, type RowFilling } from './forms/fill-row.ts';
import type { RequestTarget } from './forms/request-line.ts';
import { goOnWith, hasFailures, hasResults, newRunId, takeRun } from './go-on.ts';
import { howRead, limitOf } from './how-read.ts';
import { howInputChanged } from './input-change.ts';
import type { FindTarget, LaneTarget } from './lane-plan.ts';
import type { FinishedRun, PreparedRun } from './prepared-run.ts';
import { refuseMistakes } from './refuse-mistakes.ts';
import type { RunFinding } from './run-finding.ts';
import { folderNeverBegun, LostRuns } from './run-without-state.ts';
import {
  howFillingChanged,
  MEDIA_CHANGED,
  type SentFacts,
  whatChanged,
  whatIsSent,
} from './what-is-sent.ts';

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
  /** The files that rows may name; default: none is looked at. */
  readonly media?: RunMedia | undefined;
  /** Where these are, as `run.json` keeps it; default: it does not. */
  readonly mediaFolder?: string | undefined;
  /** What rows are filled with; default nothing. */
  readonly filling?: RowFilling | undefined;
  /** Only the first so many rows; default all, of a run that was named those that it had. */
  readonly limit?: number | undefined;
  /** Columns of a table whose cells are JSON where they are wholly JSON; default none. */
  readonly typed?: readonly string[] | undefined;
  /** Whom the lines are for, where they are requests and no rows. */
  readonly requests?: RequestTarget | undefined;
  /** Leaves malformed lines out instead of refusing the run. */
  readonly skipInvalid: boolean;
  /** Goes on with a run that is complete, too, if rows of it have failed; default false. */
  readonly reopenFailed?: boolean | undefined;
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
export async function prepareRun(given: PrepareOptions): Promise<PreparedRun | FinishedRun> {
  const options = asItWasRead(given);
  const { clock, random, place } = options;
  const spool = await Spool.create(place.out, { clock, random });
  try {
    const pass = await readExperiment({ ...options, tee: (bytes) => spool.write(bytes) });
    refuseMistakes(pass, options);
    const inputSha256 = await spool.end();
    await checkLocks(place.out);
    const input = { pass, spool, facts: factsOf(options, pass, inputSha256) };
    const lost = new LostRuns(inputSha256);
    for (;;) {
      const chosen = await chooseAlone(options, input, lost);
      if ('complete' in chosen) return await chosen.complete();
      await lost.look(chosen);
    }
  } finally {
    await spool.discard();
  }
}

/** A run that was named has the rows that it had: what was left out when it was begun is left out now. */
function asItWasRead(options: PrepareOptions): PrepareOptions {
  if (options.only === undefined) return options;
  const { limit = limitOf(options.only.state) ?? undefined } = options;
  return { ...options, limit, skipInvalid: true };
}

/** What a run is made from, read and hashed. */
interface ReadInput {
  readonly pass: FirstPass;
  readonly spool: Spool;
  readonly facts: JsonObject & SentFacts;
}

/** A run that was chosen and, where it starts, locked; what takes as long as files are large is still to be done. */
interface ChosenRun {
  readonly complete: () => Promise<PreparedRun | FinishedRun>;
}

/** Chooses while no other process does. @returns folders that must be looked into before there is a choice */
async function chooseAlone(
  options: PrepareOptions,
  input: ReadInput,
  lost: LostRuns,
): Promise<ChosenRun | readonly RunFolder[]> {
  const choosing = await waitForChoice(join(options.place.out, '.choosing'), options);
  try {
    return await chooseRun(options, input, lost);
  } finally {
    await choosing.release();
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
  { pass, spool, facts }: ReadInput,
  lost: LostRuns,
): Promise<ChosenRun | readonly RunFolder[]> {
  const { clock, place, fresh, only } = options;
  const found =
    only === undefined
      ? await findRuns(place, facts.input_sha256)
      : new FolderRuns(place.out, [only.folder]);
  const findings: RunFinding[] = [];
  if (!fresh) {
    const known = await found.find((state) => whatChanged(state, facts).length === 0);
    const { withoutState } = found;
    if (known === undefined && !lost.knows(withoutState)) return withoutState;
    const equal = known ?? lost.equalRun(withoutState, facts);
    // One that cannot be read stands in the way of what is older, not of what is newer.
    const doubtful = found.unreadable[0];
    if (doubtful && doubtful.folder.name > (equal?.folder.name ?? '')) throw doubtful.error;
    if (equal !== undefined) {
      const isComplete = equal.state.state === 'finished' && (await hasResults(equal));
      if (isComplete && !(options.reopenFailed && hasFailures(equal)))
        return { complete: async () => ({ finished: equal }) };
      const taken = await takeRun(equal, options);
      return { complete: () => goOnWith(taken, { pass, facts, spool }) };
    }
    const newest = found.runs[0];
    if (newest !== undefined && newest.state.state !== 'finished') {
      const copy = only === undefined ? spool : undefined;
      return {
        complete: async () => Promise.reject(await cannotGoOn(newest, facts, copy, options.media)),
      };
    }
    findings.push(...lost.answersLeft(withoutState));
  }
  const began = new Date(clock.wallMs()).toISOString();
  const own = { id: newRunId(), began_at: began, host: hostname() };
  const begun = { pass, spool, findings, facts: { ...own, ...facts } };
  const run = await beginRun(found, options, begun);
  return { complete: async () => run };
}

/** What `run.json` says of a run, besides what is its own. */
function factsOf(options: PrepareOptions, pass: FirstPass, inputSha256: string) {
  const settings = whatIsSent(pass);
  const filled = fillingFacts(options.filling ?? {});
  return {
    ...options.facts,
    limits: limitsInForce(pass.lanes),
    input_path: options.place.inputPath,
    ...(pass.media.digest !== null &&
      options.mediaFolder !== undefined && { media_folder: options.mediaFolder }),
    input_sha256: inputSha256,
    settings_sha256: sha256(JSON.stringify(settings)),
    settings,
    reading: howRead(pass, options.limit),
    ...(filled !== undefined && { filled }),
  };
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
async function cannotGoOn(
  { folder, state }: FoundRun,
  facts: SentFacts,
  spool: Spool | undefined,
  media: RunMedia | undefined,
) {
  const isInput = state.input_sha256 !== facts.input_sha256;
  const how =
    spool === undefined
      ? 'its input.jsonl is not the one that it was begun with'
      : await howInputChanged(folder.input, spool.path);
  const clauses = isInput
    ? [how, ...howFillingChanged(state, facts)]
    : await namingFiles(whatChanged(state, facts), folder, media);
  return new TuttiError(
    'run_changed',
    `${folder.path} is not finished and cannot go on: ${clauses.join('; ')}`,
    { hint: 'Undo the change to go on with it, or begin another run with --new.' },
  );
}

/** Names the files that have changed, where the run's own list tells. */
async function namingFiles(
  clauses: readonly string[],
  folder: RunFolder,
  media: RunMedia | undefined,
): Promise<readonly string[]> {
  if (media === undefined || !clauses.includes(MEDIA_CHANGED)) return clauses;
  const changed = await media.changedSince(folder.media, ownFiles()).catch(() => []);
  if (changed.length === 0) return clauses;
  const more = changed.length > 3 ? ` and ${changed.length - 3} more` : '';
  const names = `${changed.slice(0, 3).join(', ')}${more}`;
  return clauses.map((clause) => (clause === MEDIA_CHANGED ? `${clause}: ${names}` : clause));
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
