import { type LaneStatus, Pump } from '../ask/index.ts';
import type { Answer } from '../core/answer.ts';
import type { CallError } from '../core/call-error.ts';
import type { Clock, Random } from '../core/clock.ts';
import type { JsonObject } from '../core/json.ts';
import { Limiter } from '../scheduler/index.ts';
import { Journal, RowReader, RunLog, removeHalfWritten, writeRunState } from '../store/index.ts';
import { ExperimentSource } from './experiment-source.ts';
import { removeFinalFiles, writeFinalFiles } from './final-files.ts';
import type { LaneTarget } from './lane-plan.ts';
import type { PreparedRun } from './prepare-run.ts';
import type { RunProgress } from './run-progress.ts';
import { type ModelSummary, RunStatistics } from './run-statistics.ts';
import { noteAnswer, readSavedAnswers, SavedAnswers } from './saved-answers.ts';

/** How a run is executed. */
export interface ExecuteOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** Tries of a call before its error is its answer. */
  readonly attempts: number;
  /** Time for one attempt in milliseconds. */
  readonly timeoutMs: number;
  /** When aborted, no new call starts and those in flight finish. */
  readonly drain: AbortSignal;
  /** When aborted, everything ends at once. */
  readonly signal: AbortSignal;
  /** Receives a function that tells how far the run has come, before the first call. */
  readonly onStart?: (progress: () => RunProgress) => void;
}

/** How a run ended. */
export interface RunOutcome {
  /** `interrupted`: it was told to stop. `unfinished`: a lane failed or is parked. Both can be resumed. */
  readonly state: 'finished' | 'unfinished' | 'interrupted';
  readonly rows: number;
  readonly answered: number;
  readonly failed: number;
  readonly models: readonly ModelSummary[];
  /** Lanes that ended before their rows did. */
  readonly stoppedLanes: readonly StoppedLane[];
}

/** A lane that ended before its rows did, as plain data. */
export interface StoppedLane {
  readonly name: string;
  /** `failed`: no call of it can succeed. `parked`: its quota is used up. */
  readonly state: LaneStatus['state'];
  readonly error: Pick<CallError, 'code' | 'message' | 'hint'> | null;
}

/**
 * Asks everything that a run has not asked yet, keeps each answer before it counts, and writes the final
 * files. Releases the run's lock.
 *
 * @throws TuttiError when answers can no longer be kept; what was kept is safe and the run resumes.
 */
export async function executeRun(run: PreparedRun, options: ExecuteOptions): Promise<RunOutcome> {
  const log = await RunLog.open(run.folder.log, options.clock);
  try {
    const execution = new Execution(run, options, log);
    return await execution.execute();
  } finally {
    await log.close();
    await run.lock.release();
  }
}

class Execution {
  readonly #run: PreparedRun;
  readonly #options: ExecuteOptions;
  readonly #log: RunLog;
  readonly #lanes: readonly LaneTarget[];
  readonly #statistics: RunStatistics;
  #answersBefore = 0;

  constructor(run: PreparedRun, options: ExecuteOptions, log: RunLog) {
    this.#run = run;
    this.#options = options;
    this.#log = log;
    this.#lanes = run.pass.lanes;
    this.#statistics = new RunStatistics(this.#lanes.map(({ reference }) => reference));
  }

  async execute(): Promise<RunOutcome> {
    const { folder, resumed } = this.#run;
    await removeHalfWritten(folder);
    try {
      if (resumed) await this.#readSaved();
      await this.#writeState('running');
      await removeFinalFiles(folder);
      this.#log.write('started', { resumed, answers_before: this.#answersBefore });
      return await this.#finish(await this.#askAll());
    } catch (error) {
      this.#log.write('broken', { message: String(error) });
      // The disk may be full; a run that still says `running` without a live lock resumes all the same.
      await this.#writeState('unfinished').catch(() => {});
      throw error;
    }
  }

  async #readSaved(): Promise<void> {
    const { folder, pass } = this.#run;
    const summary = await readSavedAnswers(folder, pass.table, (answer) => {
      this.#answersBefore++;
      this.#statistics.add(pass.table.laneOf(answer.key.row), answer);
    });
    for (const { line, problem } of summary?.corrupt ?? []) {
      this.#log.write('journal line skipped', { line, problem });
    }
  }

  async #askAll(): Promise<readonly LaneStatus[]> {
    const { folder, pass } = this.#run;
    const { clock, random, attempts, timeoutMs, drain, onStart } = this.#options;
    const { table } = pass;
    await using closing = new AsyncDisposableStack();
    const models = await Promise.all(this.#lanes.map((lane) => lane.open()));
    const reader = await RowReader.open(folder.input, table);
    closing.defer(() => reader.close());
    const saved = new SavedAnswers(folder, table);
    closing.defer(() => saved.close());
    const stop = new AbortController();
    const signal = AbortSignal.any([stop.signal, this.#options.signal]);
    const journal = await Journal.open(folder.journal, {
      clock,
      savedBefore: this.#answersBefore,
      onFailure: (error) => stop.abort(error),
    });
    closing.defer(() => journal.close().catch(() => {}));
    const source = new ExperimentSource({
      table,
      reader,
      models,
      savedAnswers: (row) => saved.ofRow(row),
    });
    const pump = new Pump({
      lanes: this.#laneSetups(),
      source,
      sink: { write: (answer) => this.#keep(journal, answer) },
      clock,
      random,
      attempts,
      timeoutMs,
      drain,
      signal,
      onFailedTry: (lane, call, error) => this.#noteFailedTry(lane, call.key.row, error),
    });
    onStart?.(this.#progressOf(pump));
    const lanes = await pump.run();
    // Closing syncs; if that fails, the answers are not safe and the run is not done.
    await journal.close();
    return lanes;
  }

  async #keep(journal: Journal, answer: Answer): Promise<void> {
    const { table } = this.#run.pass;
    const { offset } = await journal.append(answer);
    noteAnswer(table, answer, offset);
    this.#statistics.add(table.laneOf(answer.key.row), answer);
  }

  #laneSetups() {
    const nowMs = this.#options.clock.monotonicMs();
    const limiters = new Map<string, Limiter>();
    return this.#lanes.map((lane) => ({
      name: lane.name,
      limiters: lane.limiters.map(({ name, limits }) => {
        const limiter = limiters.get(name) ?? new Limiter(name, limits, nowMs);
        limiters.set(name, limiter);
        return limiter;
      }),
    }));
  }

  #progressOf(pump: Pump): () => RunProgress {
    const { table } = this.#run.pass;
    const before = this.#lanes.map((_, lane) => table.laneTotals(lane).done);
    const spent = this.#statistics.summaries();
    const costUsdBefore = spent.reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0);
    const unknownCostsBefore = spent.reduce((sum, { unknownCosts }) => sum + unknownCosts, 0);
    return () => ({
      lanes: pump.status().map((status, lane) => {
        const { rows, done, failed } = table.laneTotals(lane);
        return { ...status, rows, rowsDone: done, rowsFailed: failed, rowsBefore: before[lane]! };
      }),
      costUsdBefore,
      unknownCostsBefore,
    });
  }

  #noteFailedTry(lane: string, row: number, error: CallError): void {
    const { code, message, httpStatus, retryAfterMs } = error;
    this.#log.write('try failed', {
      lane,
      row,
      code,
      message,
      http_status: httpStatus,
      retry_after_ms: retryAfterMs,
    });
  }

  async #finish(lanes: readonly LaneStatus[]): Promise<RunOutcome> {
    const { table } = this.#run.pass;
    const { drain, signal } = this.#options;
    const { rows, done, failed } = table.totals();
    const complete = done === rows;
    const interrupted = !complete && (drain.aborted || signal.aborted);
    const models = this.#statistics.summaries();
    if (!interrupted) await writeFinalFiles(this.#run.folder, this.#run.pass, lanes);
    const totals = { rows, answered: done - failed, failed, not_sent: rows - done };
    await this.#writeState(complete ? 'finished' : 'unfinished', { totals });
    this.#log.write('ended', { complete, interrupted, ...totals });
    return {
      state: complete ? 'finished' : interrupted ? 'interrupted' : 'unfinished',
      rows,
      answered: done - failed,
      failed,
      models,
      stoppedLanes: stoppedLanesOf(lanes),
    };
  }

  async #writeState(
    state: 'running' | 'unfinished' | 'finished',
    more: JsonObject = {},
  ): Promise<void> {
    await writeRunState(this.#run.folder, { ...this.#run.facts, ...more, state });
  }
}

function stoppedLanesOf(lanes: readonly LaneStatus[]): StoppedLane[] {
  const stopped = lanes.filter(({ state }) => state === 'failed' || state === 'parked');
  return stopped.map(({ name, state, error }) => {
    if (error === null) return { name, state, error };
    const { code, message, hint } = error;
    return { name, state, error: { code, message, hint } };
  });
}
