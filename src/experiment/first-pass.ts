import type { Readable } from 'node:stream';
import { type DatasetColumn, readRows } from '../io/datasets/index.ts';
import type { RowFindings, RunMedia } from '../media/index.ts';
import { RowTable } from '../store/in-memory.ts';
import { type RowFilling, rowFiller } from './forms/fill-row.ts';
import { type FilledLine, filledLines, isBlank, sourceOf } from './forms/filled-lines.ts';
import { type RowFormOptions, rowForms } from './forms/row-forms.ts';
import { type FindTarget, LanePlan, type LaneTarget, type TargetProblem } from './lane-plan.ts';
import { ProblemList } from './problem-list.ts';
import { type PromptoFinding, PromptoRows } from './prompto-rows.ts';
import type { ExperimentRow } from './row/experiment-row.ts';
import { IdIndex } from './row/id-index.ts';
import { keyColumn } from './row/key-column.ts';
import { modelName } from './row/model-name.ts';
import { findSuspicions, isProblem, parseRow } from './row/parse-row.ts';
import type { Problem } from './row/problem.ts';
import { quoted } from './row/quoted.ts';
import { type MediaSeen, SeenMedia } from './seen-media.ts';
import { isOneCall, requestsPerTurn } from './turns-workflow.ts';

/** How an experiment is read for the first time. */
export interface FirstPassOptions extends RowFormOptions {
  /** Path of the file, or a stream. */
  readonly input: string | Readable;
  /** What the input is called in messages; default its path. Its extension tells the form. */
  readonly label?: string | undefined;
  /** What rows are filled with; default nothing. */
  readonly filling?: RowFilling | undefined;
  readonly findTarget: FindTarget;
  /** Looks at the images, sounds, PDFs and videos of rows; default: nobody does. */
  readonly media?: RunMedia | undefined;
  /**
   * Only the first so many lines that are not blank become part of the run, each with all rows that it becomes; the rest is
   * only copied. Default: all.
   */
  readonly limit?: number | undefined;
  /** Also tells what is only suspicious, such as a key that looks like a known one. Default false. */
  readonly warnings?: boolean;
  /**
   * Receives the rows as JSON lines, filled, in order. Lines of an input that is such keep their bytes where nothing is
   * filled, with `null` for a bare `NaN`.
   */
  readonly tee?: (bytes: Buffer) => void | Promise<void>;
  /** Told of every row that is in order, with its lane and the number of its calls. */
  readonly onRow?: (row: ExperimentRow, lane: number, calls: number) => void;
}

/** What the first pass found. */
export interface FirstPass {
  /** Where every valid row is, and its lane. */
  readonly table: RowTable;
  readonly lanes: readonly LaneTarget[];
  /** How many lines of the copy were read, blank ones not counted. */
  readonly linesRead: number;
  /** What every name of a model stands for today. */
  readonly resolvedReferences: ReadonlyMap<string, string>;
  /** What is wrong with single lines. */
  readonly lineProblems: ProblemList;
  /** Models that cannot be used: each once, at its first line. */
  readonly modelProblems: ProblemList;
  /** True when replies to rows are verdicts. */
  readonly hasVerdicts: boolean;
  /** By lane, how many rows its model's API cannot be told; none for a lane that takes all. */
  readonly refusedRows: ReadonlyMap<number, number>;
  /** What users of prompto should know of it; none where no row is written as prompto's. */
  readonly promptoFindings: readonly PromptoFinding[];
  readonly media: MediaSeen;
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
  const { input, tee } = options;
  const name = options.label ?? (typeof input === 'string' ? input : 'standard input');
  const forms = rowForms(options);
  const cellsOf = (columns: readonly DatasetColumn[]) => {
    pass.isTextTable = columns.some(({ isJson }) => !isJson);
    return forms.cellsOf(columns);
  };
  const how = { ...forms, name, cellsOf };
  const fill = rowFiller(options.filling ?? {});
  const rows = filledLines((hold) => readRows(input, { ...how, tee: hold }), fill, tee);
  for await (const lines of rows) {
    for (const line of lines) {
      const waiting = pass.take(line);
      if (waiting !== undefined) await waiting;
    }
  }
  return pass.end();
}

/** What is told of a line besides the message. */
interface LineDetails extends Partial<Pick<Problem, 'hint' | 'severity'>> {
  /** The key that is meant. */
  readonly key?: string;
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
  readonly #promptoRows = new PromptoRows();
  /** True once its rows are known to be those of a table whose cells are texts. */
  isTextTable = false;
  /** By what ids differ: the numbers of models, by what their names stand for. */
  readonly #models = new Map<string, number>();
  #hasVerdicts = false;
  #taken = 0;
  #linesRead = 0;
  /** The line of the input that was read last, and what was told of it. */
  #line = 0;
  readonly #told = new Set<string>();
  /** What was said of the columns of a table. */
  readonly #warned = new Set<string>();
  readonly #media: SeenMedia;

  constructor(options: FirstPassOptions) {
    this.#options = options;
    this.#plan = new LanePlan(options.findTarget);
    this.#limit = options.limit ?? Number.POSITIVE_INFINITY;
    this.#media = new SeenMedia(options.media);
  }

  /** Reads the next line: a promise where a file has to be read for it. */
  take(line: FilledLine): Promise<void> | undefined {
    if (isBlank(line)) return undefined;
    // Rows of one line are read together, or not at all.
    if (line.number !== this.#line) {
      if (this.#taken >= this.#limit) return undefined;
      this.#taken++;
      this.#line = line.number;
      if (this.#told.size > 0) this.#told.clear();
      if (this.#options.warnings) this.#warn(line);
    }
    this.#linesRead++;
    if (line.problem !== null) {
      this.#tellLine(line, `the line ${line.problem}`);
      return undefined;
    }
    const row = parseRow(line.text, line.number, sourceOf(line));
    if (!isProblem(row)) return this.#add(row, line);
    this.#tell(row);
    return undefined;
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
      linesRead: this.#linesRead,
      resolvedReferences: this.#plan.resolvedReferences,
      lineProblems: this.#lineProblems,
      modelProblems: this.#modelProblems,
      refusedRows: this.#refusedRows,
      promptoFindings: this.#promptoRows.findings(this.isTextTable),
      hasVerdicts: this.#hasVerdicts,
      media: this.#media.found,
    };
  }

  #warn(line: FilledLine): void {
    const { text, source = text, number, problem } = line;
    if (problem !== null || isProblem(parseRow(text, number))) return;
    const found = findSuspicions(source, number, sourceOf(line));
    this.#lineProblems.addAll(line.isRewritten ? found.filter((one) => this.#isNew(one)) : found);
  }

  /** A column of a table has its name in every row. */
  #isNew({ message }: Problem): boolean {
    if (this.#warned.has(message)) return false;
    if (this.#warned.size < MAX_TOLD) this.#warned.add(message);
    return true;
  }

  #add(row: ExperimentRow, line: FilledLine): Promise<void> | undefined {
    if (row.turns.length * row.samples > MAX_CALLS) {
      this.#tellLine(line, `turns times "n" is more than ${MAX_CALLS} calls`);
      return undefined;
    }
    const lane = this.#plan.laneOf(row.selector);
    const found = typeof lane === 'number' ? this.#plan.lanes[lane] : undefined;
    const model = found?.resolvedReference ?? modelName(row.selector);
    if (row.id !== null && this.#isRepeated(row.id, model, line)) return undefined;
    if (typeof lane !== 'number') {
      this.#tellModel(lane, line);
      return undefined;
    }
    const target = this.#plan.lanes[lane]!;
    const refusal = target.refuses?.(row) ?? null;
    if (refusal !== null) {
      this.#refusedRows.set(lane, (this.#refusedRows.get(lane) ?? 0) + 1);
      this.#tellLine(line, refusal.message, { key: 'prompt', hint: refusal.hint });
      return undefined;
    }
    const seen = this.#media.look(row, target);
    if (seen instanceof Promise) return seen.then((one) => this.#addSeen(row, line, lane, one));
    this.#addSeen(row, line, lane, seen);
    return undefined;
  }

  #addSeen(row: ExperimentRow, line: FilledLine, lane: number, seen: RowFindings | null): void {
    if (seen !== null && !this.#isSendable(seen, line)) return;
    const target = this.#plan.lanes[lane]!;
    this.#promptoRows.take(row, target);
    if (row.reply?.form.kind === 'verdict') this.#hasVerdicts = true;
    const single = isOneCall(row, target);
    const copied = line.number + this.#linesRead - this.#taken;
    this.#table.addRow({ offset: line.offset, line: copied, entry: lane, single });
    this.#options.onRow?.(row, lane, row.turns.length * requestsPerTurn(row, target));
  }

  /** Says what there is to say of a row's media. */
  #isSendable(seen: RowFindings, line: FilledLine): boolean {
    this.#media.count(seen);
    const key = 'prompt';
    for (const { message, hint } of seen.problems) this.#tellLine(line, message, { key, hint });
    if (this.#options.warnings) {
      for (const { message, hint } of seen.notes) {
        this.#tellLine(line, message, { key, hint, severity: 'warning' });
      }
    }
    return seen.problems.length === 0;
  }

  /** One unknown model on a million rows is one problem. */
  #tellModel(problem: TargetProblem, line: FilledLine): void {
    if (this.#modelsTold.has(problem.message)) return;
    if (this.#modelsTold.size < MAX_TOLD) this.#modelsTold.add(problem.message);
    this.#modelProblems.add({ severity: 'error', line: line.number, column: null, ...problem });
  }

  /** An id may stand once for each model. */
  #isRepeated(id: string, model: string, line: FilledLine): boolean {
    const number = this.#models.get(model) ?? this.#models.size;
    if (number === MAX_TOLD) return false;
    this.#models.set(model, number);
    const before = this.#ids.add(id, line.number, number);
    if (before === undefined) return false;
    if (before === line.number) {
      const hint = 'Each model of a row must be another one.';
      this.#tellLine(line, `the row is to be asked of ${quoted(model)} twice`, { hint });
    } else {
      this.#tellLine(line, `the id ${quoted(id)} is already on line ${before}`, {
        key: 'id',
        hint: 'ids of one model must differ, so that answers can be told apart',
      });
    }
    return true;
  }

  #tellLine(
    line: FilledLine,
    message: string,
    { key, hint = null, severity = 'error' }: LineDetails = {},
  ): void {
    const source = sourceOf(line);
    const column = key === undefined || source === null ? null : keyColumn(source, [key]);
    this.#tell({ severity, line: line.number, column, message, hint });
  }

  /** What is wrong with several rows of one line is told once. */
  #tell(problem: Problem): void {
    if (this.#told.has(problem.message)) return;
    this.#told.add(problem.message);
    this.#lineProblems.add(problem);
  }
}
