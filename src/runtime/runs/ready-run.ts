import type { Readable } from 'node:stream';
import { isJsonObject, type JsonObject } from '../../core/json.ts';
import type { Model } from '../../core/model.ts';
import {
  type ExperimentSetup,
  experimentSetup,
  type LaneTarget,
  type PreparedRun,
} from '../../experiment/index.ts';
import type { RunMedia } from '../../media/index.ts';
import {
  executeRun,
  type RunOutcome,
  type RunProgress,
  type RunSetup,
  type VerdictCounts,
} from '../../run/index.ts';
import type { RecordKeys, RunFolder } from '../../store/index.ts';
import { type ActionContext, NEVER } from '../context/action-context.ts';
import type { Notice } from '../environment/notice.ts';
import type { BegunScoring, ScoreOutcome, Scoring } from '../scoring/scoring.ts';
import type { RunValues } from '../settings/run-options.ts';
import type { KnownRuns } from './known-runs.ts';
import { furtherFiles, noteFurtherFiles, type RemovedFiles } from './removed-files.ts';
import { labelOf, type RunRequest } from './run-input.ts';
import type { FoundPlace } from './run-place.ts';
import { namesWithoutRows, type RunTargets } from './run-targets.ts';
import { keepScores } from './score-finished.ts';
import { toldOnce } from './told-once.ts';
import { writeFormats } from './write-formats.ts';

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
  execute(options?: ExecuteOptions): Promise<ScoredOutcome>;
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

/** How a run ended, what its scores tell where it was scored, and what was made of earlier results and is gone. */
export type ScoredOutcome = RunOutcome & Partial<ScoreOutcome> & RemovedFiles;

/** What a lane is allowed; null or left out: no such limit. */
export interface LaneLimits {
  readonly requestsPerMinute?: number | null | undefined;
  readonly tokensPerMinute?: number | null | undefined;
  readonly concurrency?: number | null | undefined;
}

/** What a run is prepared from. */
export interface Preparation {
  readonly request: RunRequest;
  readonly values: RunValues;
  /** The runs that are known here; default: every run is. */
  readonly known?: KnownRuns;
  readonly notices: readonly Notice[];
  readonly targets: RunTargets;
  /** What scores the answers; default nothing. */
  readonly scoring?: Scoring | null;
  readonly context: ActionContext;
  /** Rows that are made here, in place of those of the request's file. */
  readonly made?: MadeRows | undefined;
  /** What `run.json` says of it besides, under keys of its own; default nothing. */
  readonly facts?: JsonObject | undefined;
  /** The files that rows may name; default: rows go as they are written. */
  readonly media?: RunMedia;
}

/** Rows of an experiment that no file has. */
export interface MadeRows extends Pick<FoundPlace, 'place'> {
  /** What they are called in messages. */
  readonly label: string;
  readonly rows: Readable;
  /** What `run.json` says of them, under keys of their own. */
  readonly facts: JsonObject;
  /** Where each row has a model of its own: that of a row, by its number, once the model of all is opened. */
  readonly modelOfRow?: ((row: number) => Model) | undefined;
}

/** Makes a run that may start of one that is prepared. @param onlyFinish true sends nothing; default false */
export function readyRun(
  prepared: PreparedRun,
  { request, values, notices, targets, context, made, scoring, media }: Preparation,
  onlyFinish = false,
): ReadyRun {
  const { table, lanes, lineProblems } = prepared.pass;
  const { limitsFile } = request;
  const { attempts, timeoutMs, idleTimeoutMs, maxWaitMs, stopAfter } = values;
  // What the settings say of streaming is the models' to know: an endpoint's own word comes before it.
  const defaults = { stream: request.stream, keepRaw: values.keepRaw, media };
  return {
    ...runFacts(prepared, { values, targets, lanes, limitsFile }),
    input: made?.label ?? labelOf(request),
    rows: table.rowCount,
    malformedLines: lineProblems.errors,
    notices: [
      ...notices,
      ...prepared.findings,
      ...(onlyFinish ? [] : toldOnce(context.session, prepared.pass.promptoFindings)),
      ...lockNotices(prepared.lock.takenOver),
    ],
    discard: () => prepared.lock.release(),
    execute: async ({ drain = NEVER, signal = NEVER, onStart = () => {} } = {}) => {
      await using scored = scoring?.begin(signal);
      const own = await experimentSetup(prepared, targets.findTarget, defaults);
      const study = isJsonObject(prepared.facts.study)
        ? await import('./verdicts-file.ts')
        : undefined;
      const counter = study && new study.VerdictCounter();
      const setup = setupOf(own, prepared.folder, {
        ...{ scored, counter, modelOfRow: made?.modelOfRow },
      });
      const removedFiles = await noteFurtherFiles(prepared.folder);
      let scores: ScoreOutcome | undefined;
      const executed = executeRun(setup, {
        ...{ clock: context.clock, random: context.random, session: context.session },
        ...{ attempts, timeoutMs, idleTimeoutMs, maxWaitMs, stopAfter, onlyFinish },
        reopenFailed: request.onlyFailed,
        ...{ drain, signal, onStart },
        onEnded: async (ended) => {
          const isScored = scored?.hasBegun === true;
          const verdicts = ended.verdicts === undefined ? null : (own.verdicts ?? null);
          if (isScored || verdicts !== null) {
            const sources = { scored: isScored ? scored : null, verdicts };
            scores = await keepScores(sources, prepared.folder);
          }
          await study?.writeVerdicts(prepared.folder);
          if (ended.state === 'interrupted') return ended;
          const unwritten = await writeFormats(request, prepared.folder);
          return unwritten.length > 0 ? { ...ended, unwritten } : ended;
        },
      });
      const outcome = await executed.finally(() => media?.close());
      return { ...outcome, ...scores, ...(await removedFiles()) };
    },
  };
}

/** What a run is executed with besides its experiment: what adds to its records and counts them, and models of rows. */
interface SetupParts {
  readonly scored: BegunScoring | undefined;
  readonly counter: (RecordKeys & VerdictCounts) | undefined;
  readonly modelOfRow: MadeRows['modelOfRow'];
}

function setupOf(
  own: ExperimentSetup,
  folder: RunFolder,
  { scored, counter, modelOfRow }: SetupParts,
): RunSetup {
  const recordKeys = [
    ...(own.recordKeys ?? []),
    ...(counter ? [counter] : []),
    ...(scored ? [scored.recordKeys] : []),
  ];
  return {
    ...own,
    ...(modelOfRow && { plan: (row, text) => own.plan(row, text, modelOfRow(row)) }),
    ...(counter && { verdicts: counter }),
    ...(recordKeys.length > 0 && { recordKeys }),
    derivedFiles: furtherFiles(folder),
  };
}

type SimpleLane = Pick<LaneTarget, 'name' | 'resolvedReference' | 'limiters' | 'turns'>;

/** What is to be told of a run before it starts, whatever its rows are. */
export function runFacts(
  { resumed, folder, facts }: Pick<PreparedRun<unknown>, 'resumed' | 'folder' | 'facts'>,
  about: {
    readonly values: RunValues;
    readonly targets: RunTargets;
    readonly lanes: readonly LaneTarget[];
    readonly limitsFile: string | undefined;
  },
) {
  const { values, targets, lanes, limitsFile } = about;
  // A composite model has no lane of its own.
  const simple = lanes.flatMap((lane): readonly SimpleLane[] => lane.parts ?? [lane]);
  return {
    limits: new Map(simple.map(({ name, limiters }) => [name, limiters[0]?.limits ?? {}])),
    limiters: simple.flatMap(limiterNames),
    defaultLimits: targets.defaultLimits,
    totalRequestsPerMinute: values.totalRequestsPerMinute,
    limitsFile,
    unusedLimits: namesWithoutRows(targets.limits, lanes),
    resumed,
    folder: folder.path,
    simulated: simple.every(({ resolvedReference }) => resolvedReference.startsWith('sim/')),
    goesOnByItself: typeof facts.input_path === 'string',
  };
}

function limiterNames({ limiters, turns }: SimpleLane): readonly string[] {
  return [...limiters.map(({ name }) => name), ...(turns ? [`turns ${turns.server}`] : [])];
}

function lockNotices(reason: string | null): Notice[] {
  return reason === null ? [] : [{ kind: 'lock_taken_over', reason }];
}
