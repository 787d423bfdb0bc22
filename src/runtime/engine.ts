import type { LaneStatus } from '../ask/index.ts';
import type { Answer } from '../core/answer.ts';
import type { Clock } from '../core/clock.ts';
import type { JsonObject, JsonValue } from '../core/json.ts';
import type { Model } from '../core/model.ts';
import type { Workflow } from '../core/workflow.ts';
import type { Problem } from '../experiment/index.ts';
import type { RunOutcome, RunProgress, WorkflowRun } from '../run/index.ts';
import type { EngineWorkflowOptions } from './actions/workflows.ts';
import type { Configuration } from './configuration.ts';
import type { Environment } from './environment/environment.ts';
import type { AgreeToProject } from './trust/project.ts';

/** How a command meets the settings of the user and the working folder. */
export interface EngineOptions {
  readonly environment: Environment;
  readonly workingFolder: string;
  readonly clock: Clock;
  /** True for `--trust`. */
  readonly trust: boolean;
  /** Asks whether the project's files may take effect; undefined where nobody can be asked. */
  readonly agree: AgreeToProject | undefined;
}

/**
 * Everything behind the commands: what they ask for, without a terminal. All that it asks goes through one
 * session: limits hold, and connections stay open, from one run to the next, until it is disposed of.
 */
export interface Engine extends AsyncDisposable {
  /** Reads the settings. `withProject: false` leaves the working folder's files unread. */
  configuration(options?: { readonly withProject?: boolean }): Promise<Configuration>;
  /** @throws TuttiError before anything is sent when there is no model or one cannot be asked. */
  ask(request: AskRequest, listener: AskListener): Promise<void>;
  /** @throws TuttiError when the experiment or a model in it is wrong, all mistakes listed. */
  prepareRun(request: RunRequest): Promise<ReadyRun | FinishedRunNotice>;
  /** Says what a run would do; sends nothing and writes nothing. */
  planRun(request: RunRequest): Promise<RunPlan>;
  /** Reads experiments and says all that is wrong with them. */
  check(files: readonly string[]): Promise<readonly CheckedFile[]>;
  /** Starts simulated endpoints and prepares the quickstart experiment on them. */
  prepareTry(request: { readonly out: string | undefined }): Promise<ReadyRun>;
  /**
   * Opens models for a program, by references or the aliases of the settings.
   *
   * @throws TuttiError `unknown_model`, `missing_key` or `bad_settings` with every model that cannot be asked.
   */
  openModels(references: readonly string[]): Promise<readonly Model[]>;
  /**
   * Runs a workflow over rows, each model that `openModels` opened within the limits of the settings, any other
   * with 64 calls in flight. Nothing happens before it is read; results come as rows end.
   */
  runWorkflow<Row, Result extends JsonValue>(
    rows: Iterable<Row> | AsyncIterable<Row>,
    workflow: Workflow<Row, Result>,
    options?: EngineWorkflowOptions<Row>,
  ): WorkflowRun<Row, Result>;
  /** Sends one tiny call to each model. */
  testModels(
    models: readonly string[],
    options: { readonly signal: AbortSignal; readonly onTested: (tested: TestedModel) => void },
  ): Promise<void>;
}

/** What `tutti ask` asks. */
export interface AskRequest {
  /** References as given; empty: the default models of the settings. */
  readonly models: readonly string[];
  readonly prompt: string;
  readonly system: string | undefined;
  readonly parameters: JsonObject;
  /** Answers of each model, at least 1. */
  readonly samples: number;
  /** Undefined: what the settings say. */
  readonly timeoutMs: number | undefined;
  readonly attempts: number | undefined;
  /** How long a streamed answer may be silent after its first piece, in milliseconds. */
  readonly idleTimeoutMs?: number | undefined;
  /** Whether answers are streamed; default: where the listener takes pieces. */
  readonly stream?: boolean | undefined;
  /** True: the records have the whole bodies, too. */
  readonly keepRaw?: boolean | undefined;
  /** Ends everything. */
  readonly signal: AbortSignal;
}

/** What the terminal is told while models are asked. */
export interface AskListener {
  /**
   * Once, before anything is sent.
   *
   * @param models their references, in the order of their numbers.
   * @param notes what the user should know, such as which keys were found where.
   * @param status tells what each model waits for; null when that is not known.
   */
  onStart(
    models: readonly string[],
    notes: readonly string[],
    status: (() => readonly LaneStatus[]) | null,
  ): void;
  /** Left out where nothing is streamed. */
  onDelta?: ((model: number, sample: number, text: string) => void) | undefined;
  /** Each answer as it comes; a model has one for each sample, or one with all of them. */
  onAnswer(model: number, sample: number, answer: Answer): void;
  /** The record of a model as one line of JSON, when its last answer is there or it was interrupted. */
  onRecord(model: number, record: string): void;
}

/** What `tutti run` runs. Undefined: what the settings say. */
export interface RunRequest {
  /** Path of the experiment; `-` is standard input. */
  readonly file: string;
  readonly out: string | undefined;
  readonly requestsPerMinute: number | undefined;
  readonly tokensPerMinute: number | undefined;
  readonly concurrency: number | undefined;
  /** Path of a limits file. */
  readonly limitsFile: string | undefined;
  readonly attempts: number | undefined;
  readonly timeoutMs: number | undefined;
  /** How long a streamed answer may be silent after its first piece, in milliseconds; default 120 s. */
  readonly idleTimeoutMs?: number | undefined;
  /** Whether answers are streamed where their rows do not say it; default: as the endpoint has it, else not. */
  readonly stream?: boolean | undefined;
  /** True: the records have the whole bodies, too, unless their rows say otherwise. */
  readonly keepRaw?: boolean | undefined;
  /** Only the first so many rows. */
  readonly limit: number | undefined;
  readonly fresh: boolean;
  readonly skipInvalid: boolean;
}

/** A run that may start. */
export interface ReadyRun {
  /** Lines to show first: experiment, rows, lanes, limits, whether it goes on with an earlier run. */
  readonly opening: readonly string[];
  /** Folder of the results, as the user would write it. */
  readonly folder: string;
  /** True when it asks simulated endpoints only, so that what it spends is not real. */
  readonly simulated: boolean;
  /** What each lane is allowed by its own limiter, by the name of the lane. */
  readonly limits: ReadonlyMap<string, LaneLimits>;
  /** Lines to show last, such as the next command. */
  readonly closing: readonly string[];
  /** Gives the run back without executing it: another process, or this one later, can go on with it. */
  discard(): Promise<void>;
  execute(options: {
    /** When aborted, no new call starts and those in flight finish. */
    readonly drain: AbortSignal;
    readonly signal: AbortSignal;
    readonly onStart: (progress: () => RunProgress) => void;
  }): Promise<RunOutcome>;
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
}

/** What a run would do. */
export interface RunPlan {
  readonly rows: number;
  readonly calls: number;
  readonly lanes: readonly PlannedLane[];
  readonly notes: readonly string[];
}

/** A lane of a run that has not started. */
export interface PlannedLane {
  readonly name: string;
  readonly rows: number;
  readonly calls: number;
  /** Null when it cannot be told. */
  readonly estimatedInputTokens: number | null;
  /** Limits in words, such as `480 requests/min`; empty: none. */
  readonly limits: readonly string[];
}

/** What was found in one experiment. */
export interface CheckedFile {
  readonly file: string;
  /** False when it could not be read at all; the one problem says why. */
  readonly readable: boolean;
  readonly rows: number;
  readonly problems: readonly Problem[];
  /** All problems, those included that are not listed. */
  readonly total: number;
}

/** What one tiny call to a model gave. */
export interface TestedModel {
  readonly model: string;
  readonly answer: Answer;
}
