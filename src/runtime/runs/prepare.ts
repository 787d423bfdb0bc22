import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { VERSION } from '../../core/version.ts';
import {
  type FirstPass,
  type PreparedRun,
  prepareRun,
  readSummary,
} from '../../experiment/index.ts';
import type { RunMedia } from '../../media/index.ts';
import type { VerdictCounts } from '../../run/index.ts';
import { ownFiles, RUN_FORMAT } from '../../store/index.ts';
import type { Notice } from '../environment/notice.ts';
import type { ScoreOutcome } from '../scoring/scoring.ts';
import type { RunValues } from '../settings/run-options.ts';
import { meetFinished, meetRun } from './foreign-run.ts';
import { mediaFolderFrom, openMedia, refuseForeignFolder } from './media-folder.ts';
import { type Preparation, type ReadyRun, readyRun } from './ready-run.ts';
import { noteFurtherFiles, type RemovedFiles } from './removed-files.ts';
import { refuseFillingRun, unusedModels } from './row-filling.ts';
import { inputOf, labelOf } from './run-input.ts';
import { findPlace } from './run-place.ts';
import { scoreFinished } from './score-finished.ts';
import { writeFormats } from './write-formats.ts';

/** The same run is complete already. */
export interface FinishedRunNotice extends Partial<ScoreOutcome>, RemovedFiles {
  readonly finished: true;
  readonly folder: string;
  readonly failed: number;
  /** Answers of consortiums that are not complete; left out when there are none. */
  readonly degraded?: number;
  /** Replies of judges with and without a verdict; left out when none was asked for. */
  readonly verdicts?: VerdictCounts;
  /** Further forms of the results that could not be written, a sentence each; left out when there are none. */
  readonly unwritten?: readonly string[];
  readonly notices: readonly Notice[];
}

/** What `run.json` keeps of how a run ended. */
interface KeptTotals {
  readonly failed?: number;
  readonly degraded?: number;
  readonly verdicts?: VerdictCounts;
}

/** Prepares a run whose models can be found. */
export async function prepare(preparation: Preparation): Promise<ReadyRun | FinishedRunNotice> {
  const { request, values, targets, context } = preparation;
  const { limit, skipInvalid = false, fresh = false, typed, onlyFailed = false } = request;
  const found = await inputFrom(preparation);
  const mediaRequest = { file: request.file, media: request.media, only: found.only };
  const media = openMedia(mediaRequest, context);
  const meeting = {
    known: preparation.known,
    resume: values.resume,
    agreeToRun: context.agreeToRun,
    onUnknown: () => refuseForeignFolder(mediaRequest, media),
  };
  const prepared = await prepareRun({
    input: found.input,
    label: found.label,
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
    facts: {
      ...factsOf(values, found.place.name),
      ...preparation.facts,
      ...preparation.made?.facts,
    },
  });
  if ('finished' in prepared) {
    const { folder, state } = prepared.finished;
    const totals = state.totals as KeptTotals | undefined;
    const told = await meetFinished(prepared, meeting);
    const removedFiles = await noteFurtherFiles(folder);
    const scored = await scoreFinished(folder, preparation);
    const kept = totals?.verdicts && { aggregates: await readSummary(folder), scoreNotes: [] };
    const unwritten = await writeFormats(request, folder);
    const all = [...preparation.notices, ...told];
    return {
      ...{ finished: true, folder: folder.path, failed: totals?.failed ?? 0, notices: all },
      ...(totals?.degraded && { degraded: totals.degraded }),
      ...(totals?.verdicts && { verdicts: totals.verdicts }),
      ...kept,
      ...scored,
      ...(await removedFiles()),
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
export function factsOf(values: RunValues, experiment: string) {
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

async function inputFrom({ request, values, context, made, facts }: Preparation) {
  if (made !== undefined) return { ...made, input: made.rows, only: undefined };
  const { workingFolder } = context;
  const { file, promptFolder, name, onlyFailed = false } = request;
  const found = await findPlace({ file, promptFolder, out: values.out, name, workingFolder });
  if (found.only !== undefined) refuseFillingRun(request);
  // What another command has begun is found by its own words.
  else if (onlyFailed && facts === undefined) throw notOfARun(file);
  const source = { file: found.file, promptFolder };
  return { ...found, label: labelOf(source), input: inputOf(source, workingFolder) };
}

function notOfARun(file: string): TuttiError {
  return new TuttiError('bad_usage', `${plainLine(file, 500)} is not the folder of a run`, {
    hint: 'What failed is asked again in the run in which it failed: name its folder, which `tutti run` gives as its results.',
  });
}
