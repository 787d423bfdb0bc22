import type { LaneStatus } from '../../ask/index.ts';
import type { Answer, AnswerError } from '../../core/answer.ts';
import {
  DEFAULT_ATTEMPTS,
  DEFAULT_MAX_WAIT_MS,
  DEFAULT_STOP_AFTER,
  DEFAULT_TIMEOUT_MS,
} from '../../core/call-defaults.ts';
import type { JsonObject, JsonValue } from '../../core/json.ts';
import type { SimpleModel } from '../../core/model.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import type { Usage } from '../../core/usage.ts';
import type { Workflow } from '../../core/workflow.ts';
import { SLOW_START } from '../../scheduler/index.ts';
import { MemoryLog } from '../../store/in-memory.ts';
import type { RowEnd, RowTable } from '../../store/index.ts';
import type { StoppedLane } from '../execution/run-outcome.ts';
import { endOfOnlyCall } from '../rows/row-outcome.ts';
import type { RowPlan } from '../rows/row-plan.ts';
import { ResultStream } from '../runner/result-stream.ts';
import { ROW_TIMEOUT_MS } from '../runner/run-numbers.ts';
import { Runner } from '../runner/runner.ts';
import { type LaneDescription, Session } from '../runner/session.ts';
import { CallTotals } from './call-totals.ts';
import type { RunWorkflowOptions } from './run-workflow-options.ts';
import { checkOneCall, checkWorkflowRun } from './workflow-mistakes.ts';
import { gatherRows, type RowSorting } from './workflow-rows.ts';

/** What came of a row. */
export interface RowResult<Row, Result> {
  /** Its number, counted from 0. */
  readonly row: number;
  readonly input: Row;
  readonly status: 'ok' | 'error';
  /** What the workflow returned; null where the row failed, or what an `AnswerFailure` shows all the same. */
  readonly result: Result | null;
  readonly error: AnswerError | null;
  /** The sums of its calls: usage, cost, attempts, latency. */
  readonly answer: Answer;
  /** What the workflow noted. */
  readonly notes: JsonObject;
}

/** What came of a row, before its input is read again. */
type Ended = { readonly row: number; readonly end: RowEnd };

/**
 * Rows on their way through a workflow. Reading it runs them; results come as rows end. Once.
 *
 * Reading ends with an error when rows are left because a model cannot be asked, or answers cannot be kept;
 * what was kept is safe, and the same call goes on with it if there is a folder.
 */
export class WorkflowRun<Row, Result extends JsonValue>
  implements AsyncIterable<RowResult<Row, Result>>
{
  readonly #rows: Iterable<Row> | AsyncIterable<Row>;
  readonly #workflow: Workflow<Row, Result>;
  readonly #options: RunWorkflowOptions<Row>;
  readonly #session: Session;
  #totals = new CallTotals();
  #started = false;
  #failures = 0;

  constructor(
    rows: Iterable<Row> | AsyncIterable<Row>,
    workflow: Workflow<Row, Result>,
    options: RunWorkflowOptions<Row>,
  ) {
    checkWorkflowRun(rows, workflow, options);
    this.#rows = rows;
    this.#workflow = workflow;
    this.#options = options;
    this.#session = options.session ?? new Session(options.clock);
  }

  /** Tokens of all calls so far, those included whose answers an earlier process saved. */
  get usage(): Usage {
    return this.#totals.usage;
  }

  /** US dollars of the calls so far whose price is known; null if there is none. */
  get costUsd(): number | null {
    return this.#totals.costUsd;
  }

  /** Answered calls so far whose cost is not known. */
  get unknownCosts(): number {
    return this.#totals.unknownCosts;
  }

  /** Rows so far that failed. */
  get failures(): number {
    return this.#failures;
  }

  [Symbol.asyncIterator](): AsyncGenerator<RowResult<Row, Result>, void, void> {
    if (this.#started) {
      throw new TuttiError('bad_usage', 'a workflow run is read once', {
        hint: 'Keep its results in a list, or run the workflow again.',
      });
    }
    this.#started = true;
    const { folder } = this.#options;
    return folder === undefined ? this.#inMemory() : this.#inFolder(folder);
  }

  async *#inMemory() {
    const { table, entries, rows } = await gatherRows(this.#rows, this.#sorting());
    const run = (stream: ResultStream<Ended>, signal: AbortSignal) => {
      const runner = new Runner({
        ...this.#usual(stream, signal, (row) => table.isSingle(row)),
        table,
        entries: entries.map((name) => ({ name, model: null, group: null })),
        describeLane: (model) => {
          const { reference } = model;
          return { reference, setup: this.#session.lane(this.#lane(model)) };
        },
        plan: (row) => this.#plan(rows[row]!),
        savedOf: async () => ({ answers: [], replaced: [] }),
        log: new MemoryLog(),
      });
      return runner.run();
    };
    for await (const ended of this.#run(run, table)) yield this.#resultOf(ended, rows[ended.row]!);
  }

  async *#inFolder(path: string) {
    // Loaded only here: most who know of workflows never keep one in a folder.
    const [{ openWorkflowFolder }, { executeRun }] = await Promise.all([
      import('./workflow-folder.ts'),
      import('../execution/execute-run.ts'),
    ]);
    await using folder = await openWorkflowFolder<Row>(path, this.#rows, {
      clock: this.#options.clock,
      random: this.#options.random,
      sorting: this.#sorting(),
      plan: (row) => this.#plan(row),
      describeLane: (model) => this.#lane(model),
    });
    const { setup, table } = folder;
    if (folder.totals !== undefined) this.#totals = folder.totals;
    const seen = new Uint8Array(table.rowCount);
    /** What earlier processes saved is given all the same, and then the error. */
    let broken: { readonly error: unknown } | undefined;
    if (setup !== undefined) {
      const { drain = new AbortController().signal } = this.#options;
      const run = async (stream: ResultStream<Ended>, signal: AbortSignal) => {
        const usual = this.#usual(stream, signal, (row) => table.isSingle(row));
        const onSavedAnswer = (answer: Answer) => this.#totals.add(answer);
        const given = { ...usual, session: this.#session, drain, onSavedAnswer };
        return (await executeRun(setup, given)).stoppedLanes;
      };
      try {
        for await (const ended of this.#run(run, table)) {
          seen[ended.row] = 1;
          yield this.#resultOf(ended, await folder.rowOf(ended.row));
        }
      } catch (error) {
        broken = { error };
      }
    }
    for (let row = 0; row < table.rowCount; row++) {
      const state = table.stateOf(row);
      if (seen[row] === 1 || state === 'pending' || state === 'open') continue;
      yield this.#resultOf({ row, end: await folder.endOf(row) }, await folder.rowOf(row));
    }
    if (broken !== undefined) throw broken.error;
  }

  /** Runs what hands its results to a stream, and ends it when nobody reads on. */
  async *#run(
    run: (
      stream: ResultStream<Ended>,
      signal: AbortSignal,
    ) => Promise<readonly Pick<LaneStatus, 'name' | 'error'>[] | readonly StoppedLane[]>,
    table: RowTable,
  ): AsyncGenerator<Ended, void, void> {
    const stop = new AbortController();
    const stream = new ResultStream<Ended>();
    const { signal = stop.signal } = this.#options;
    const done = run(stream, AbortSignal.any([signal, stop.signal])).then(
      (lanes) => stream.end(errorOfLanes(lanes, table)),
      (error: unknown) => stream.end({ error }),
    );
    try {
      yield* stream.read();
    } finally {
      stop.abort();
      await done;
    }
  }

  #usual(stream: ResultStream<Ended>, signal: AbortSignal, isSingle: (row: number) => boolean) {
    const { clock, random, openRows, drain } = this.#options;
    const { attempts = DEFAULT_ATTEMPTS, timeoutMs = DEFAULT_TIMEOUT_MS } = this.#options;
    const { idleTimeoutMs, rowTimeoutMs = ROW_TIMEOUT_MS, firstAlone, onProgress } = this.#options;
    const { maxWaitMs = DEFAULT_MAX_WAIT_MS, stopAfter = DEFAULT_STOP_AFTER } = this.#options;
    return {
      ...{ clock, random, attempts, timeoutMs, rowTimeoutMs, openRows, drain, signal },
      ...{ idleTimeoutMs, maxWaitMs, stopAfter, firstAlone, onProgress },
      flow: stream,
      onRowEnd: (row: number, end: RowEnd) => stream.add({ row, end }),
      onAnswer: (answer: Answer) => {
        this.#totals.add(answer);
        const { row } = answer.key;
        if (isSingle(row)) stream.add({ row, end: endOfOnlyCall(answer) });
      },
    };
  }

  #sorting(): RowSorting<Row> {
    const { entry = () => 'rows', single = () => undefined } = this.#options;
    return {
      entryOf: entry,
      isSingle: (row) => {
        const one = single(row);
        if (one !== undefined) checkOneCall(one);
        return one !== undefined;
      },
    };
  }

  #plan(row: Row): RowPlan {
    const one = this.#options.single?.(row);
    if (one === undefined)
      return { kind: 'workflow', run: (context) => this.#workflow(row, context) };
    const request = { parameters: {}, choices: 1, ...one.question };
    return { kind: 'call', model: one.model, request };
  }

  #lane(model: SimpleModel): LaneDescription {
    const own = this.#options.lane?.(model);
    if (own !== undefined) return own;
    const name = model.reference;
    const limits = { concurrency: SLOW_START.most };
    return { name, limiters: [{ name, limits }], startsSlowly: true };
  }

  #resultOf({ row, end }: Ended, input: Row): RowResult<Row, Result> {
    const { result, answer, notes = {} } = end;
    const { status, error } = answer;
    if (status === 'error') this.#failures++;
    return { row, input, status, result: result as Result | null, error, answer, notes };
  }
}

/** Rows that are left because a lane has stopped are not passed over in silence. */
function errorOfLanes(
  lanes: readonly Pick<LaneStatus | StoppedLane, 'name' | 'error'>[],
  table: RowTable,
) {
  const stopped = lanes.find(({ error }) => error !== null);
  const { rows, done } = table.totals();
  const left = rows - done;
  if (!stopped?.error || left === 0) return {};
  const { code, message, hint } = stopped.error;
  const what = left === 1 ? '1 row is left' : `${left} rows are left`;
  const why = `${what}, because ${stopped.name} stopped: ${message}`;
  return { error: new TuttiError(code, why, { hint: hint ?? undefined }) };
}
