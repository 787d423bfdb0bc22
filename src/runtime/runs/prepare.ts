import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { VERSION } from '../../core/version.ts';
import {
  experimentSetup,
  type FirstPass,
  type PreparedRun,
  prepareRun,
} from '../../experiment/index.ts';
import type { RunMedia } from '../../media/index.ts';
import { executeRun, type RunOutcome, type RunProgress } from '../../run/index.ts';
import type { Limits } from '../../scheduler/index.ts';
import { ownFiles, RUN_FORMAT } from '../../store/index.ts';
import { type ActionContext, NEVER } from '../context/action-context.ts';
import type { Notice } from '../environment/notice.ts';
import type { RunValues } from '../settings/run-options.ts';
import { meetFinished, meetRun } from './foreign-run.ts';
import type { KnownRuns } from './known-runs.ts';

import { mediaFolderFrom, openMedia, refuseForeignFolder } from './media-folder.ts';

import { refuseFillingRun, unusedModels } from './row-filling.ts';

import { inputOf, labelOf, type RunRequest } from './run-input.ts';
import { findPlace } from './run-place.ts';
import { namesWithoutRows, type RunTargets } from './run-targets.ts';
import { formatFiles, writeFormats } from './write-formats.ts';

/** A run that may start. */
export interface ReadyRun {
  /** What the experiment is called in messages: its path, or `standard input`. */
  readonly input: string;
  readonly rows: number;
  /** Malformed lines that are left out. */
  readonly malformedLines: number;
  /** What each lane is allowed by its own limiter, by the name of the lane. */
  readonly limits: ReadonlyMap<string, LaneLimits>;
  /** Names of all that its lanes count against; runs that share none do not slow each other down. */
  readonly limiters: readonly string[];
  /** The limits of a lane that the limits file does not name. */
  readonly defaultLimits: LaneLimits;
  /** Requests a minute of all lanes together; null without a limit. */
  readonly totalRequestsPerMinute: number | null;
  readonly limitsFile: string | undefined;
  /** Names in the limits file that no row has. */
  readonly unusedLimits: readonly string[];
  /** True when it goes on with an earlier run. */
  readonly resumed: boolean;
  /** False for a run without a lasting input, such as standard input: it goes on by the name of its folder alone. */
  readonly goesOnByItself: boolean;
  /** Folder of the results, as the user would write it. */
  readonly folder: string;
  /** True when it asks simulated endpoints only, so that what it spends is not real. */
  readonly simulated: boolean;
  readonly notices: readonly Notice[];
  /** Gives the run back without executing it: another process, or this one later, can go on with it. */
  discard(): Promise<void>;
  /** Sends all that is not answered yet, and writes the results. */
  execute(options?: ExecuteOptions): Promise<RunOutcome>;
}

/** How a run is ended and watched. */
export interface ExecuteOptions {
  /** When aborted, no new call starts and those in flight finish; default never. */
  readonly drain?: AbortSignal | undefined;
  /** When aborted, everything stops at once; the run can be gone on with; default never. */
  readonly signal?: AbortSignal | undefined;
  /** Told once, with a function that gives the progress whenever it is asked. */
  readonly onStart?: ((progress: () => RunProgress) => void) | undefined;
}

/** What a lane is allowed; null or left out: no such limit. */
export interface LaneLimits {
  readonly requestsPerMinute?: number | null | undefined;
  readonly tokensPerMinute?: number | null | undefined;
  readonly concurrency?: number | null | undefined;
}

/** The same run is complete already. */
export interface FinishedRunNotice {
  readonly finished: true;
  readonly folder: string;
  readonly failed: number;
  /** Further forms of the results that could not be written, a sentence each; left out when there are none. */
  readonly unwritten?: readonly string[];
  readonly notices: readonly Notice[];
}

/** What a run is prepared from. */
export interface Preparation {
  readonly request: RunRequest;
  readonly values: RunValues;
  /** The runs that are known here; default: every run is. */
  readonly known?: KnownRuns;
  readonly notices: readonly Notice[];
  readonly targets: RunTargets;
  readonly context: ActionContext;
  /** The files that rows may name; default: rows go as they are written. */
  readonly media?: RunMedia;
}

/** Prepares a run whose models can be found. */
export async function prepare(preparation: Preparation): Promise<ReadyRun | FinishedRunNotice> {
  const { request, values, targets, context } = preparation;
  const { file, promptFolder, limit, skipInvalid = false, fresh = false, typed } = request;
  const { workingFolder } = context;
  const { out } = values;
  const { onlyFailed = false } = request;
  const found = await findPlace({ file, promptFolder, out, name: request.name, workingFolder });
  if (found.only !== undefined) refuseFillingRun(request);
  else if (onlyFailed) throw notOfARun(file);
  const source = { file: found.file, promptFolder };
  const mediaRequest = { file, media: request.media, only: found.only };
  const media = openMedia(mediaRequest, context);
  const meeting = {
    known: preparation.known,
    resume: values.resume,
    agreeToRun: context.agreeToRun,
    onUnknown: () => refuseForeignFolder(mediaRequest, media),
  };
  const prepared = await prepareRun({
    input: inputOf(source, workingFolder),
    label: labelOf(source),
    filling: targets.filling,
    place: found.place,
    only: found.only,
    findTarget: targets.findTarget,
    media,
    mediaFolder: mediaFolderFrom(found.place.out, media.folder),
    requests: targets.requests,
    limit,
    typed,
    skipInvalid,
    fresh,
    reopenFailed: onlyFailed,
    clock: context.clock,
    random: context.random,
    facts: factsOf(values, found.place.name),
  });
  if ('finished' in prepared) {
    const { folder, state } = prepared.finished;
    const totals = state.totals as { readonly failed?: number } | undefined;
    const told = await meetFinished(prepared, meeting);
    const unwritten = await writeFormats(request, folder);
    const all = [...preparation.notices, ...told];
    return {
      ...{ finished: true, folder: folder.path, failed: totals?.failed ?? 0, notices: all },
      ...(unwritten.length > 0 && { unwritten }),
    };
  }
  const met = await meetRun(prepared, meeting);
  const { pass } = prepared;
  const told = [
    ...preparation.notices,
    ...met.notices,
    ...unusedModels(targets.filling, pass),
    ...mediaNotices(pass.media),
  ];
  await keepMedia(met.prepared, media);
  return readyRun(met.prepared, { ...preparation, media, notices: told });
}

/** What `run.json` says of how calls are made. */
function factsOf(values: RunValues, experiment: string) {
  return {
    ...{ format: RUN_FORMAT, tutti: VERSION, node: process.version, experiment },
    attempts: values.attempts,
    timeout_ms: values.timeoutMs,
    idle_timeout_ms: values.idleTimeoutMs,
    max_wait_ms: Number.isFinite(values.maxWaitMs) ? values.maxWaitMs : null,
    stop_after: values.stopAfter,
    ...(values.stream !== null && { stream: values.stream }),
    ...(values.keepRaw && { keep_raw: true }),
  };
}

function mediaNotices({ notedRows, firstNote }: FirstPass['media']): Notice[] {
  return firstNote === null ? [] : [{ kind: 'media_noted', rows: notedRows, first: firstNote }];
}

/** @throws TuttiError when the list of media cannot be kept; the run's lock is then given back */
async function keepMedia({ folder, lock }: PreparedRun, media: RunMedia): Promise<void> {
  try {
    await media.keepIn(folder.media, ownFiles());
  } catch (error) {
    await lock.release();
    throw error;
  }
}

function notOfARun(file: string): TuttiError {
  return new TuttiError('bad_usage', `${plainLine(file, 500)} is not the folder of a run`, {
    hint: 'What failed is asked again in the run in which it failed: name its folder, which `tutti run` gives as its results.',
  });
}

function lockNotices(reason: string | null): Notice[] {
  return reason === null ? [] : [{ kind: 'lock_taken_over', reason }];
}

/** Makes a run that may start of one that is prepared. @param onlyFinish true sends nothing; default false */
export function readyRun(
  prepared: PreparedRun,
  { request, values, notices, targets, context, media }: Preparation,
  onlyFinish = false,
): ReadyRun {
  const { table, lanes, lineProblems } = prepared.pass;
  // What the settings say of streaming is the models' to know: an endpoint's own word comes before it.
  const defaults = { stream: request.stream, keepRaw: values.keepRaw, media };
  return {
    input: labelOf(request),
    rows: table.rowCount,
    malformedLines: lineProblems.errors,
    limits: new Map(lanes.map(({ name, limiters }) => [name, ownLimits(limiters)])),
    limiters: lanes.flatMap(({ limiters, turns }) => [
      ...limiters.map(({ name }) => name),
      ...(turns ? [`turns ${turns.server}`] : []),
    ]),
    defaultLimits: targets.defaultLimits,
    totalRequestsPerMinute: values.totalRequestsPerMinute,
    limitsFile: request.limitsFile,
    unusedLimits: namesWithoutRows(targets.limits, lanes),
    resumed: prepared.resumed,
    folder: prepared.folder.path,
    simulated: lanes.every(({ resolvedReference }) => resolvedReference.startsWith('sim/')),
    goesOnByItself: typeof prepared.facts.input_path === 'string',
    notices: [...notices, ...prepared.findings, ...lockNotices(prepared.lock.takenOver)],
    discard: () => prepared.lock.release(),
    execute: async ({ drain = NEVER, signal = NEVER, onStart = () => {} } = {}) => {
      const setup = {
        ...experimentSetup(prepared, targets.findTarget, defaults),
        derivedFiles: formatFiles(prepared.folder),
      };
      const outcome = executeRun(setup, {
        clock: context.clock,
        random: context.random,
        session: context.session,
        attempts: values.attempts,
        timeoutMs: values.timeoutMs,
        idleTimeoutMs: values.idleTimeoutMs,
        onlyFinish,
        reopenFailed: request.onlyFailed,
        maxWaitMs: values.maxWaitMs,
        stopAfter: values.stopAfter,
        drain,
        signal,
        onStart,
        onEnded: async (outcome) => {
          if (outcome.state === 'interrupted') return outcome;
          const unwritten = await writeFormats(request, prepared.folder);
          return unwritten.length > 0 ? { ...outcome, unwritten } : outcome;
        },
      });
      return await outcome.finally(() => media?.close());
    },
  };
}

function ownLimits(limiters: readonly { readonly limits: Limits }[]): LaneLimits {
  return limiters[0]?.limits ?? {};
}
