import type { LaneStatus } from '../../ask/index.ts';
import type { Answer } from '../../core/answer.ts';
import { DEFAULT_MAX_WAIT_MS, DEFAULT_STOP_AFTER } from '../../core/call-defaults.ts';
import type { CallError } from '../../core/call-error.ts';
import type { JsonObject } from '../../core/json.ts';
import type { SimpleModel } from '../../core/model.ts';
import type { TuttiError } from '../../core/tutti-error.ts';
import { LinePages } from '../../io/index.ts';
import {
  type CallMarks,
  type EarlyRecords,
  Journal,
  type JournalSummary,
  ownFiles,
  type RowEnd,
  RowReader,
  RunLog,
  readRowLines,
  removeHalfWritten,
  writeRunState,
} from '../../store/index.ts';
import type { OpenLane } from '../rows/lanes.ts';
import { ROW_TIMEOUT_MS } from '../runner/run-numbers.ts';
import { Runner } from '../runner/runner.ts';
import { DegradedRows } from './degraded-rows.ts';
import type { ExecuteOptions } from './execute-options.ts';
import { openEarlyRecords, removeFinalFiles, writeFinalFiles } from './final-files.ts';
import { allLearned, formNotes, type NamedModel, recallForms } from './learned-forms.ts';
import { reopenFailedRows } from './reopen-failed-rows.ts';
import { noteJournal } from './resume.ts';
import { rowsLeft } from './rows-left.ts';
import { type RunOutcome, stoppedLanesOf, takenOverOf } from './run-outcome.ts';
import { progressOf, type RunProgress } from './run-progress.ts';
import { openEntries, type RunSetup } from './run-setup.ts';
import { RunStatistics } from './run-statistics.ts';

/**
 * Asks everything that a run has not asked yet, keeps each answer before it counts, and writes the final
 * files. Releases the run's lock.
 *
 * @throws TuttiError when answers can no longer be kept; what was kept is safe and the run resumes.
 */
export async function executeRun(setup: RunSetup, options: ExecuteOptions): Promise<RunOutcome> {
  const log = await RunLog.open(setup.folder.log, options.clock);
  try {
    const signal = AbortSignal.any([options.signal, setup.lock.lost]);
    return await new Execution(setup, { ...options, signal }, log).execute();
  } finally {
    await log.close();
    await setup.lock.release();
  }
}

class Execution {
  readonly #setup: RunSetup;
  readonly #options: ExecuteOptions;
  readonly #log: RunLog;
  readonly #statistics: RunStatistics;
  #linesBefore = 0;
  #staleAnswers = 0;
  readonly #degraded = new DegradedRows();
  #journal: JournalSummary | undefined;
  /** What is learned of servers is kept by the names of their models. */
  #models: readonly NamedModel[] = [];
  /** Rows that wait for others. */
  #paused = 0;
  /** Told once, however often the rows are begun. */
  #progress: (() => RunProgress) | undefined;
  #hasRunId: boolean | undefined;
  /** The records so far; undefined where they are made in the end. */
  #early: EarlyRecords | undefined;

  constructor(setup: RunSetup, options: ExecuteOptions, log: RunLog) {
    this.#setup = setup;
    this.#options = options;
    this.#log = log;
    this.#statistics = new RunStatistics(setup.entries.map(({ reference }) => reference));
  }

  async execute(): Promise<RunOutcome> {
    const { folder, resumed } = this.#setup;
    await removeHalfWritten(folder);
    try {
      if (resumed) await this.#readSaved();
      if (this.#options.onlyFinish) {
        await (await this.#openJournal()).close();
        return await this.#finish([]);
      }
      await this.#writeState('running');
      await removeFinalFiles(this.#setup);
      this.#log.write('started', { resumed, answers_before: this.#linesBefore });
      this.#early = await openEarlyRecords(this.#setup);
      return await this.#finish(await this.#askInTurns());
    } catch (error) {
      this.#log.write('broken', { message: String(error) });
      if (this.#setup.lock.lost.aborted) throw this.#setup.lock.lost.reason;
      // The disk may be full; a run that still says `running` without a live lock resumes all the same.
      await this.#writeState('unfinished').catch(() => {});
      throw error;
    } finally {
      await this.#early?.abort();
    }
  }

  async #readSaved(): Promise<void> {
    const { folder, table, entries } = this.#setup;
    const models = new Map(entries.map(({ name, reference }) => [name, reference]));
    const modelOf = ({ key }: Answer, marks: CallMarks | null) =>
      marks === null
        ? entries[table.entryOf(key.row)]!.reference
        : (models.get(marks.lane) ?? marks.lane);
    const onAnswer = (answer: Answer, marks: CallMarks | null) => {
      this.#linesBefore++;
      this.#statistics.addSaved(modelOf(answer, marks), answer);
      this.#options.onSavedAnswer?.(answer);
    };
    const onReopened = (row: number) => this.#statistics.forgetFailures(row);
    const onRowEnd = (row: number, end: RowEnd) => this.#degraded.note(row, end);
    const summary = await noteJournal(folder, table, onAnswer, onReopened, onRowEnd);
    this.#journal = summary;
    for (const { line, problem } of summary?.corrupt ?? []) {
      this.#log.write('journal line skipped', { line, problem });
    }
  }

  /** Asks until no row can go on; rows that wait for each other go on together. */
  async #askInTurns(): Promise<readonly LaneStatus[]> {
    for (;;) {
      this.#paused = 0;
      const lanes = await this.#askAll();
      const { drain, signal, onAllPaused } = this.#options;
      const left = rowsLeft(this.#setup.table, this.#options.isMeant);
      if (this.#paused === 0 || this.#paused < left) return lanes;
      if (drain.aborted || signal.aborted || !(await onAllPaused?.())) return lanes;
    }
  }

  async #askAll(): Promise<readonly LaneStatus[]> {
    const { folder, table, plan } = this.#setup;
    const { drain, onStart, session, onAnswer, onRowEnd } = this.#options;
    await using closing = new AsyncDisposableStack();
    const entries = await openEntries(this.#setup, session);
    this.#models = entries.setups;
    recallForms(entries.setups, this.#setup.facts.learned);
    const reader = await RowReader.open(folder.input, table);
    closing.defer(() => reader.close());
    const stop = new AbortController();
    const journal = await this.#openJournal((error) => stop.abort(error));
    closing.defer(() => journal.close().catch(() => {}));
    this.#early?.follow(journal);
    if (this.#options.reopenFailed && this.#progress === undefined) await this.#reopen(journal);
    const saved = await LinePages.open(folder.journal, ownFiles(), { maxPages: 4 });
    closing.defer(() => saved.close());
    const planOf = (row: number, text: string) => {
      this.#early?.begin(row, text);
      return plan(row, text, entries.setups[table.entryOf(row)]!.model);
    };
    const runner = new Runner({
      ...this.#options,
      rowTimeoutMs: this.#options.rowTimeoutMs ?? ROW_TIMEOUT_MS,
      maxWaitMs: this.#options.maxWaitMs ?? DEFAULT_MAX_WAIT_MS,
      stopAfter: this.#options.stopAfter ?? DEFAULT_STOP_AFTER,
      table,
      entries: entries.setups,
      describeLane: (model, group) => this.#noteModel(entries.describeLane(model, group), model),
      plan: (row) => {
        const text = reader.text(row);
        return typeof text === 'string' ? planOf(row, text) : text.then((one) => planOf(row, one));
      },
      savedOf: (row) => readRowLines(saved, row, table.linesOf(row)),
      log: journal,
      drain,
      signal: AbortSignal.any([stop.signal, this.#options.signal]),
      onAnswer: (answer, { reference }) => {
        this.#statistics.add(reference, answer);
        onAnswer?.(answer);
      },
      onRecord: (row, content, failed) => this.#early?.end(row, content, failed),
      onPaused: () => this.#paused++,
      onRowEnd: (row, end) => {
        this.#degraded.note(row, end);
        onRowEnd?.(row, end);
      },
      onFailedTry: (lane, call, error) => this.#noteFailedTry(lane, call.key.row, error),
      onStale: (row, name) => this.#noteStale(row, name),
    });
    const isFirst = this.#progress === undefined;
    this.#progress = progressOf(runner, this.#setup, this.#statistics.summaries());
    if (isFirst) onStart?.(() => this.#progress!());
    const lanes = await runner.run();
    // Closing syncs; if that fails, the answers are not safe and the run is not done.
    await journal.close();
    return lanes;
  }

  async #reopen(journal: Journal): Promise<void> {
    const { folder, table } = this.#setup;
    const reopened = { ...this.#options, folder, journal, table };
    const rows = await reopenFailedRows(reopened, (row) => this.#statistics.forgetFailures(row));
    this.#log.write('rows reopened', { rows });
  }

  /** Notes a model that is asked by a workflow, and tells it what was learned of its server. */
  #noteModel(lane: OpenLane, model: SimpleModel): OpenLane {
    if (this.#models.some((one) => one.model === model)) return lane;
    const named = { name: lane.reference, model };
    recallForms([named], this.#setup.facts.learned);
    this.#models = [...this.#models, named];
    return lane;
  }

  #openJournal(onFailure?: (error: TuttiError) => void): Promise<Journal> {
    const { folder, facts } = this.#setup;
    const hasRunId = this.#hasRunId ?? this.#journal?.runId !== undefined;
    this.#hasRunId = true;
    return Journal.open(folder.journal, {
      clock: this.#options.clock,
      savedBefore: this.#linesBefore,
      runId: hasRunId ? undefined : facts.id,
      ...(onFailure && { onFailure }),
    });
  }

  #noteFailedTry(lane: string, row: number, error: CallError): void {
    const { code, message, httpStatus: http_status, retryAfterMs: retry_after_ms } = error;
    this.#log.write('try failed', { lane, row, code, message, http_status, retry_after_ms });
  }

  #noteStale(row: number, call: string): void {
    this.#staleAnswers++;
    this.#log.write('saved answer to another question', { row, call });
  }

  async #finish(lanes: readonly LaneStatus[]): Promise<RunOutcome> {
    this.#setup.lock.lost.throwIfAborted();
    const { drain, signal } = this.#options;
    const { rows, done, failed } = this.#setup.table.totals();
    const interrupted = done < rows && (drain.aborted || signal.aborted);
    const models = this.#statistics.summaries();
    // Told to stop at once, it does not write for seconds; `--finish` does that later.
    const written =
      interrupted && signal.aborted
        ? undefined
        : await writeFinalFiles(this.#setup, lanes, this.#early);
    const lostAnswers = written?.lost ?? 0;
    const answered = done - failed - lostAnswers;
    const complete = done === rows && lostAnswers === 0;
    const counts = written && this.#setup.verdicts;
    const verdicts = counts && { given: counts.given, missing: counts.missing };
    const degraded = this.#degraded.count;
    const totals = {
      rows,
      answered,
      failed,
      not_sent: rows - done,
      ...(lostAnswers > 0 && { lost: lostAnswers }),
      ...(degraded > 0 && { degraded }),
      ...(verdicts && { verdicts }),
    };
    const notes = formNotes(this.#models);
    const damagedLines = this.#journal?.corrupt.length ?? 0;
    const takenOver = takenOverOf(this.#setup.facts);
    const outcome: RunOutcome = {
      state: complete ? 'finished' : interrupted ? 'interrupted' : 'unfinished',
      rows,
      answered,
      failed,
      models,
      stoppedLanes: stoppedLanesOf(lanes),
      ...(degraded > 0 && { degraded }),
      ...(this.#staleAnswers > 0 && { staleAnswers: this.#staleAnswers }),
      ...(lostAnswers > 0 && { lostAnswers }),
      ...(damagedLines > 0 && { damagedLines }),
      ...(takenOver > 0 && { takenOver }),
      ...(notes.length > 0 && { notes }),
      ...(verdicts && { verdicts }),
    };
    // A run is finished when what is made from its final files is there, too: else going on would not make it again.
    const ended = (await this.#options.onEnded?.(outcome)) ?? outcome;
    const learned = allLearned(this.#models, this.#setup.facts.learned);
    await this.#writeState(complete ? 'finished' : 'unfinished', {
      totals,
      ...(learned !== undefined && { learned }),
    });
    this.#log.write('ended', {
      complete,
      interrupted,
      ...totals,
      ...(learned !== undefined && { learned }),
    });
    return ended;
  }

  async #writeState(
    state: 'running' | 'unfinished' | 'finished',
    more: JsonObject = {},
  ): Promise<void> {
    await writeRunState(this.#setup.folder, { ...this.#setup.facts, ...more, state });
  }
}
