import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Clock, Random } from '../core/clock.ts';
import type { JsonObject } from '../core/json.ts';
import { plainLine } from '../core/plain-text.ts';
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
import { goOnWith, hasFailures, hasResults, newRunId, takeRun } from './go-on.ts';
import type { FinishedRun, PreparedRun } from './prepared-run.ts';
import type { RunFinding } from './run-finding.ts';
import { folderNeverBegun, LostRuns } from './run-without-state.ts';
import { howFillingChanged, MEDIA_CHANGED, type SentFacts, whatChanged } from './what-is-sent.ts';

const MAX_CHOICE_MS = 3_000;
const CHOICE_PAUSE_MS = 20;

/** Where a run is made, and how it is chosen, whatever its rows are. */
export interface ChoiceOptions {
  readonly place: RunPlace;
  /** The one run that may go on, where its folder was named; its copy of the input is then the input. Default: any. */
  readonly only?: FoundRun | undefined;
  /** The files that rows may name; default: none is looked at. */
  readonly media?: RunMedia | undefined;
  /** Goes on with a run that is complete, too, if rows of it have failed; default false. */
  readonly reopenFailed?: boolean | undefined;
  /** Begins a new run even if there is one to go on with. */
  readonly fresh: boolean;
  readonly clock: Clock;
  readonly random: Random;
}

/** How the input of a run is read, and what of it tells whether an earlier run may go on. */
export interface InputReader<Pass> {
  /**
   * Reads the input once.
   *
   * @param tee takes the rows as JSON lines: what the run keeps as its input
   * @throws TuttiError when it is not one that a run can be made of
   */
  readonly read: (tee: (bytes: Buffer) => Promise<void>) => Promise<Pass>;
  /** What `run.json` says of the run, and what changes what is sent. */
  readonly factsOf: (pass: Pass, inputSha256: string) => JsonObject & SentFacts;
}

/**
 * Reads an input of any kind and finds the run that it belongs to, as `prepareRun` does.
 *
 * @throws TuttiError as `prepareRun` does, and what the reader throws
 */
export async function prepareRunOf<Pass>(
  options: ChoiceOptions,
  reader: InputReader<Pass>,
): Promise<PreparedRun<Pass> | FinishedRun> {
  const { clock, random, place } = options;
  const spool = await Spool.create(place.out, { clock, random });
  try {
    const pass = await reader.read((bytes) => spool.write(bytes));
    const inputSha256 = await spool.end();
    await checkLocks(place.out);
    const input = { pass, spool, facts: reader.factsOf(pass, inputSha256) };
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

/** What a run is made from, read and hashed. */
interface ReadInput<Pass> {
  readonly pass: Pass;
  readonly spool: Spool;
  readonly facts: JsonObject & SentFacts;
}

/** A run that was chosen and, where it starts, locked; what takes as long as files are large is still to be done. */
interface ChosenRun<Pass> {
  readonly complete: () => Promise<PreparedRun<Pass> | FinishedRun>;
}

/** Chooses while no other process does. @returns folders that must be looked into before there is a choice */
async function chooseAlone<Pass>(
  options: ChoiceOptions,
  input: ReadInput<Pass>,
  lost: LostRuns,
): Promise<ChosenRun<Pass> | readonly RunFolder[]> {
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
  { clock, random }: Pick<ChoiceOptions, 'clock' | 'random'>,
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

async function chooseRun<Pass>(
  options: ChoiceOptions,
  { pass, spool, facts }: ReadInput<Pass>,
  lost: LostRuns,
): Promise<ChosenRun<Pass> | readonly RunFolder[]> {
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
  if (options.reopenFailed) throw nothingToReopen(place);
  const own = { id: newRunId(), began_at: began, host: hostname() };
  const begun = { pass, spool, findings, facts: { ...own, ...facts } };
  const run = await beginRun(found, options, begun);
  return { complete: async () => run };
}

function nothingToReopen({ out, name }: RunPlace): TuttiError {
  const where = plainLine(join(out, name), 1000);
  return new TuttiError('bad_usage', `${where} has no run of this input with these settings`, {
    hint: 'Only what has failed was to be asked again. Name everything as when it was asked, or leave --only-failed out.',
  });
}

async function beginRun<Pass>(
  found: FolderRuns,
  { clock, random }: ChoiceOptions,
  begun: Pick<PreparedRun<Pass>, 'pass' | 'findings' | 'facts'> & { readonly spool: Spool },
): Promise<PreparedRun<Pass>> {
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
      : await (await import('./input-change.ts')).howInputChanged(folder.input, spool.path);
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
