import type { Readable } from 'node:stream';
import { readRows } from '../io/datasets/index.ts';
import type { Line } from '../io/index.ts';
import type { RowFindings, RunMedia } from '../media/index.ts';
import { RowTable } from '../store/index.ts';
import { cellObjectWriter, isHeader } from './forms/cell-object.ts';
import { type RequestTarget, requestReader } from './forms/request-line.ts';
import { IdIndex } from './id-index.ts';
import { type FindTarget, LanePlan, type LaneTarget } from './lane-plan.ts';
import { ProblemList } from './problem-list.ts';
import type { ExperimentRow } from './row/experiment-row.ts';
import { keyColumn } from './row/key-column.ts';
import { findSuspicions, isProblem, parseRow } from './row/parse-row.ts';
import type { Problem } from './row/problem.ts';
import { quoted } from './row/quoted.ts';
import { isOneCall, requestsPerTurn } from './turns-workflow.ts';

/** How an experiment is read for the first time. */
export interface FirstPassOptions {
  /** Path of the file, or a stream. */
  readonly input: string | Readable;
  /** What the input is called in messages; default its path. Its extension tells the form. */
  readonly label?: string | undefined;
  /** Columns of a table, besides those of parameters, whose cells are JSON where they are wholly JSON; default none. */
  readonly typed?: readonly string[] | undefined;
  /** Whom the lines are for, where they are requests and no rows; default: such lines are not read. */
  readonly requests?: RequestTarget | undefined;
  readonly findTarget: FindTarget;
  /** Looks at the images, sounds, documents and videos of rows; default: nobody does. */
  readonly media?: RunMedia | undefined;
  /** Only the first so many lines that are not blank become part of the run; the rest is only copied. Default: all. */
  readonly limit?: number | undefined;
  /** Also tells what is only suspicious, such as a key that looks like a known one. Default false. */
  readonly warnings?: boolean;
  /** Receives the rows as JSON lines, in order: the bytes of an input that is such, with `null` for a bare `NaN`. */
  readonly tee?: (bytes: Buffer) => void | Promise<void>;
  /** Told of every row that is in order, with its lane and the number of its calls. */
  readonly onRow?: (row: ExperimentRow, lane: number, calls: number) => void;
}

/** What the first pass found. */
export interface FirstPass {
  /** Where every valid row is, and its lane. */
  readonly table: RowTable;
  readonly lanes: readonly LaneTarget[];
  /** What every name of a model stands for today. */
  readonly resolvedReferences: ReadonlyMap<string, string>;
  /** What is wrong with single lines. */
  readonly lineProblems: ProblemList;
  /** Models that cannot be used: each once, at its first line. */
  readonly modelProblems: ProblemList;
  /** By lane, how many rows its model's API cannot be told; none for a lane that takes all. */
  readonly refusedRows: ReadonlyMap<number, number>;
  readonly media: MediaSeen;
}

/** What the first pass found of media. */
export interface MediaSeen {
  /** SHA-256 of the files that rows name, and of their paths; null where they name none. */
  readonly digest: string | null;
  /** Rows that are left out because of what they show. */
  readonly refusedRows: number;
  /** Rows of which something is not sent as it is written. */
  readonly notedRows: number;
  /** What there is to say of the first of these; null if there is none. */
  readonly firstNote: string | null;
}

/** A row that has more calls than this is a mistake, not an experiment. */
const MAX_CALLS = 65_535;
/** Models whose problem was told; one of a million rows with as many models is not remembered. */
const MAX_TOLD = 100_000;

/**
 * Reads an experiment once, from its first byte to its last: finds every mistake, and notes where each
 * row is, so that afterwards every lane reads its own rows. Holds some 23 bytes a row.
 *
 * @throws TuttiError when the input cannot be read.
 */
export async function readExperiment(options: FirstPassOptions): Promise<FirstPass> {
  const pass = new Pass(options);
  const { input, tee, typed = [], requests } = options;
  const name = options.label ?? (typeof input === 'string' ? input : 'standard input');
  const cellsOf = (columns: readonly string[]) => cellObjectWriter(columns, typed);
  const rewriterOf = (first: string) => requests && requestReader(first, requests);
  const rows = readRows(input, { name, isHeader, cellsOf, rewriterOf, tee });
  for await (const lines of rows) {
    for (const line of lines) {
      const waiting = pass.take(line);
      if (waiting !== undefined) await waiting;
    }
  }
  return pass.end();
}

class Pass {
  readonly #options: FirstPassOptions;
  readonly #plan: LanePlan;
  readonly #table = new RowTable();
  readonly #ids = new IdIndex();
  readonly #lineProblems = new ProblemList();
  readonly #modelProblems = new ProblemList();
  readonly #modelsTold = new Set<string>();
  readonly #limit: number;
  readonly #refusedRows = new Map<number, number>();
  #taken = 0;
  #mediaRefused = 0;
  #mediaNoted = 0;
  #firstNote: string | null = null;

  constructor(options: FirstPassOptions) {
    this.#options = options;
    this.#plan = new LanePlan(options.findTarget);
    this.#limit = options.limit ?? Number.POSITIVE_INFINITY;
  }

  /** A promise where something has to be read for a line. */
  take(line: Line): Promise<void> | undefined {
    if (this.#taken >= this.#limit || isBlank(line)) return undefined;
    this.#taken++;
    if (line.problem !== null) {
      this.#tellLine(line.number, `the line ${line.problem}`);
      return undefined;
    }
    const row = parseRow(line.text, line.number);
    if (isProblem(row)) {
      this.#lineProblems.add(row);
      return undefined;
    }
    if (this.#options.warnings) this.#lineProblems.addAll(findSuspicions(line.text, line.number));
    return this.#isInOrder(row, line) ? this.#add(row, line) : undefined;
  }

  end(): FirstPass {
    if (this.#taken === 0) {
      this.#lineProblems.add({
        severity: 'error',
        line: null,
        column: null,
        message: 'the experiment has no rows',
        hint: 'each line is a JSON object such as {"prompt": "…", "model": "openai/NAME"}',
      });
    }
    return {
      table: this.#table,
      lanes: this.#plan.lanes,
      resolvedReferences: this.#plan.resolvedReferences,
      lineProblems: this.#lineProblems,
      modelProblems: this.#modelProblems,
      refusedRows: this.#refusedRows,
      media: {
        digest: this.#options.media?.digest ?? null,
        refusedRows: this.#mediaRefused,
        notedRows: this.#mediaNoted,
        firstNote: this.#firstNote,
      },
    };
  }

  #isInOrder(row: ExperimentRow, line: Line): boolean {
    if (row.turns.length * row.samples > MAX_CALLS) {
      this.#tellLine(line.number, `turns times "n" is more than ${MAX_CALLS} calls`);
      return false;
    }
    const before = row.id === null ? undefined : this.#ids.add(row.id, line.number);
    if (before === undefined) return true;
    this.#tellLine(line.number, `the id ${quoted(row.id!)} is already on line ${before}`, {
      column: keyColumn(line.text, ['id']),
      hint: 'ids must differ, so that answers can be told apart',
    });
    return false;
  }

  #add(row: ExperimentRow, line: Line): Promise<void> | undefined {
    const lane = this.#plan.laneOf(row.selector);
    if (typeof lane !== 'number') {
      // One unknown model on a million rows is one problem.
      if (this.#modelsTold.has(lane.message)) return undefined;
      if (this.#modelsTold.size < MAX_TOLD) this.#modelsTold.add(lane.message);
      this.#modelProblems.add({ severity: 'error', line: line.number, column: null, ...lane });
      return undefined;
    }
    const target = this.#plan.lanes[lane]!;
    const refusal = target.refuses?.(row) ?? null;
    if (refusal !== null) {
      this.#refusedRows.set(lane, (this.#refusedRows.get(lane) ?? 0) + 1);
      const column = keyColumn(line.text, ['prompt']);
      this.#tellLine(line.number, refusal.message, { column, hint: refusal.hint });
      return undefined;
    }
    const { media } = this.#options;
    const seen = target.media && media ? media.check(row.turns[0]!, target.media) : null;
    if (seen instanceof Promise) return seen.then((one) => this.#addSeen(row, line, lane, one));
    this.#addSeen(row, line, lane, seen);
    return undefined;
  }

  #addSeen(row: ExperimentRow, line: Line, lane: number, seen: RowFindings | null): void {
    if (seen !== null && !this.#isSendable(seen, line)) return;
    const target = this.#plan.lanes[lane]!;
    const single = isOneCall(row, target);
    this.#table.addRow({ offset: line.offset, line: line.number, entry: lane, single });
    this.#options.onRow?.(row, lane, row.turns.length * requestsPerTurn(row, target));
  }

  /** Says what there is to say of a row's media. */
  #isSendable({ problems, notes }: RowFindings, line: Line): boolean {
    const column = keyColumn(line.text, ['prompt']);
    for (const { message, hint } of problems) {
      this.#tellLine(line.number, message, { column, hint });
    }
    if (problems.length > 0) this.#mediaRefused++;
    else if (notes.length > 0) this.#mediaNoted++;
    this.#firstNote ??= notes[0]?.message ?? null;
    if (this.#options.warnings) {
      for (const note of notes) {
        this.#lineProblems.add({ severity: 'warning', line: line.number, column, ...note });
      }
    }
    return problems.length === 0;
  }

  #tellLine(
    line: number,
    message: string,
    details: Partial<Pick<Problem, 'column' | 'hint'>> = {},
  ): void {
    this.#lineProblems.add({
      severity: 'error',
      line,
      column: details.column ?? null,
      message,
      hint: details.hint ?? null,
    });
  }
}

function isBlank(line: Line): boolean {
  return line.problem === null && line.text.trim() === '';
}
