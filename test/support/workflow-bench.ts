import type { LaneStatus } from '../../src/ask/index.ts';
import type { JsonValue } from '../../src/core/json.ts';
import type { Model, SimpleModel } from '../../src/core/model.ts';
import { seededRandom } from '../../src/core/seeded-random.ts';
import type { Workflow } from '../../src/core/workflow.ts';
import type { LinePages } from '../../src/io/index.ts';
import { noteEntry } from '../../src/run/execution/resume.ts';
import { type EntrySetup, type RowPlan, Runner, type RunnerOptions } from '../../src/run/index.ts';
import { Limiter, type Limits, type SharedLimit } from '../../src/scheduler/index.ts';
import { RowTable } from '../../src/store/in-memory.ts';
import {
  type AnswerLog,
  answerLine,
  type LineWaiter,
  onlyAnswerLine,
  parseJournalLine,
  type RowEnd,
  readRowLines,
} from '../../src/store/index.ts';
import { answerContent, endContent, rowEndLine } from '../../src/store/journal-line.ts';
import type { FakeClock } from './fake-clock.ts';

interface FakeLine {
  readonly line: string;
  readonly content: string;
  readonly waiter: LineWaiter;
}

/** A journal in memory whose lines are those of the file; it dies with its process. */
export class FakeJournal implements AnswerLog {
  readonly lines: string[];
  /** Lines are written in the next turn of the event loop, as in the file. */
  #waiting: FakeLine[] = [];
  #dead = false;

  constructor(lines: readonly string[] = []) {
    this.lines = [...lines];
  }

  keep(...[answer, marks, , waiter]: Parameters<AnswerLog['keep']>): void {
    const line = marks === null ? onlyAnswerLine(answer) : answerLine(answer, marks);
    this.#add({ line, content: answerContent(answer), waiter });
  }

  endRow(...[row, end, , waiter]: Parameters<AnswerLog['endRow']>): void {
    this.#add({ line: rowEndLine(row, end), content: endContent(end), waiter });
  }

  /** Writes nothing more: what waits is lost. */
  kill(): void {
    this.#dead = true;
  }

  /** Who waits is told where the lines are written, not by a promise. */
  #add(one: FakeLine): void {
    this.#waiting.push(one);
    if (this.#waiting.length > 1) return;
    setImmediate(() => {
      const waiting = this.#waiting;
      this.#waiting = [];
      if (this.#dead) return;
      for (const { line, content, waiter } of waiting) {
        waiter.written({ offset: this.lines.push(line) - 1, length: line.length, content });
      }
    });
  }
}

/** What a bench is made of. */
export interface WorkflowBenchOptions extends Partial<Omit<RunnerOptions, 'plan' | 'table'>> {
  readonly clock: FakeClock;
  /** One workflow for all rows, or what each is. */
  readonly rows: readonly (Workflow<number, JsonValue> | RowPlan)[];
  /** The entry of each row; default 0. */
  readonly entryOf?: (row: number) => number;
  /** The model of each entry; default one entry whose rows ask any. */
  readonly models?: readonly (Model | null)[];
  /** False: the rows of an entry ask its own model only. Default true. */
  readonly asksOthers?: boolean;
  readonly journal?: FakeJournal;
  readonly limits?: (model: SimpleModel) => Limits | readonly SharedLimit[];
}

/** A run on a fake clock, and everything that it did. */
export interface WorkflowBench {
  readonly runner: Runner;
  readonly journal: FakeJournal;
  readonly table: RowTable;
  readonly ends: Map<number, RowEnd>;
  readonly stale: string[];
  readonly drain: AbortController;
  readonly abort: AbortController;
  run(): Promise<readonly LaneStatus[]>;
}

/** Puts a run together; with the journal of another one it goes on with that. */
export function workflowBench(options: WorkflowBenchOptions): WorkflowBench {
  const { rows, entryOf = () => 0, models = [null] } = options;
  const journal = options.journal ?? new FakeJournal();
  const table = tableOf(rows, entryOf, journal);
  const pages = { line: async (place: number) => journal.lines[place]! } as unknown as LinePages;
  const ends = new Map<number, RowEnd>();
  const stale: string[] = [];
  const drain = new AbortController();
  const abort = new AbortController();
  const entries: EntrySetup[] = models.map((model, k) => ({
    ...{ name: `e${k}`, model, group: null },
    asksOthers: options.asksOthers,
  }));
  const runner = new Runner({
    random: seededRandom(1),
    attempts: 3,
    timeoutMs: 10_000,
    rowTimeoutMs: 60_000,
    drain: drain.signal,
    signal: abort.signal,
    describeLane: (model) => {
      const limits = options.limits?.(model) ?? { concurrency: 4 };
      const { reference } = model;
      const limiters = isList(limits) ? limits : [new Limiter(reference, limits, 0)];
      return { reference, setup: { name: reference, limiters } };
    },
    onRowEnd: (row, end) => {
      if (ends.has(row)) throw new Error(`row ${row} has ended twice`);
      ends.set(row, end);
    },
    onStale: (row, name) => stale.push(`${row} ${name}`),
    ...options,
    table,
    entries,
    plan: (row) => planOf(rows[row]!, row),
    savedOf: (row) => readRowLines(pages, row, table.linesOf(row)),
    log: journal,
  });
  return { runner, journal, table, ends, stale, drain, abort, run: () => runner.run() };
}

function planOf(row: Workflow<number, JsonValue> | RowPlan, number: number): RowPlan {
  return typeof row === 'function'
    ? { kind: 'workflow', run: (context) => row(number, context) }
    : row;
}

function tableOf(
  rows: WorkflowBenchOptions['rows'],
  entryOf: (row: number) => number,
  journal: FakeJournal,
): RowTable {
  const table = new RowTable();
  for (const [row, what] of rows.entries()) {
    const single = typeof what !== 'function' && what.kind === 'call';
    const mayGrow = typeof what !== 'function' && what.kind === 'call' && what.more !== undefined;
    table.addRow({ offset: row, line: row + 1, entry: entryOf(row), single, mayGrow });
  }
  for (const [place, line] of journal.lines.entries()) {
    const parsed = parseJournalLine(line);
    if (parsed.kind !== 'entry') throw new Error(`line ${place} cannot be read: ${line}`);
    noteEntry(table, parsed.entry, place);
  }
  return table;
}

function isList(limits: Limits | readonly SharedLimit[]): limits is readonly SharedLimit[] {
  return Array.isArray(limits);
}
