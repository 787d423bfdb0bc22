import type { Readable } from 'node:stream';
import { numberOf, parseExactJson } from '../core/exact-json.ts';
import { isJsonObject, type JsonObject } from '../core/json.ts';
import { plainLine } from '../core/plain-text.ts';
import { TuttiError } from '../core/tutti-error.ts';
import { readRows, type StoredType } from '../io/datasets/index.ts';
import { RowTable } from '../store/in-memory.ts';
import { withAddition } from '../store/index.ts';
import { type ChainPlan, chainColumns } from './chain/chain-plan.ts';
import { chainProblems } from './chain/chain-problems.ts';
import { columnProblems, type NamedColumn } from './column-problems.ts';
import { noteTypes } from './file-rows.ts';
import { fieldsOf, type MapPlan, newColumns } from './map-plan.ts';
import type { OutputForm } from './output-form.ts';
import { type AskedModel, isOneCall, mayNeedMore } from './plan-row.ts';
import { fillingProblem } from './row-question.ts';
import { SharedRows } from './shared-rows.ts';
import { MOST_COLUMNS, namesOf, TableColumns } from './table-columns.ts';
import { tableObjects } from './table-objects.ts';

/** What is done with rows that lack a column which a template needs. */
export type MissingColumns = 'refuse' | 'empty' | 'skip';

/** The column that says which model a row is for. */
export const MODEL_COLUMN = 'model';

/** A model that rows are asked of. */
export interface TableModel extends AskedModel {
  /** As it was named. */
  readonly reference: string;
}

/** How the table of a map is read. */
export interface ReadTableOptions {
  /** Path of the file, or a stream. */
  readonly input: string | Readable;
  /** What it is called in messages; its extension tells the form. */
  readonly label: string;
  readonly plan: MapPlan;
  /** Of several steps: those, of which the plan is the first; default: the plan is all. */
  readonly chain?: ChainPlan | undefined;
  /** At least one; of several each row is asked of each. */
  readonly models: readonly TableModel[];
  readonly missing: MissingColumns;
  /** Columns of the output that flags name; default none. */
  readonly named?: readonly NamedColumn[] | undefined;
  /** True: a column that is there may be made anew. */
  readonly overwrite: boolean;
  /** True: rows whose calls are equal are asked once. */
  readonly share: boolean;
  /** Only the first so many rows; default all. */
  readonly limit?: number | undefined;
  /** What else would stop the map: told with what is wrong with the table. */
  readonly problems: readonly string[];
  /** Takes the rows that are asked, as JSON lines. */
  readonly tee: (bytes: Buffer) => Promise<void>;
  /** Told of every row that is asked, with the number of its model. */
  readonly onRow?: ((row: JsonObject, model: number) => void) | undefined;
}

/** What the table of a map is. */
export interface MapTable {
  /** The rows that are asked. */
  readonly table: RowTable;
  /** Which rows there are, where they are not those that are asked; null: each is asked. */
  readonly shared: SharedRows | null;
  /** The form of the input; that of lines of text is `jsonl`. */
  readonly form: OutputForm;
  /** Rows of the input, times the models. */
  readonly rows: number;
  /** The columns of the output that come from the input. */
  readonly columns: readonly string[];
  /** What columns of the input are, where it says so. */
  readonly types: ReadonlyMap<string, StoredType>;
  /** Rows that are not asked because they lack a column. */
  readonly skipped: number;
  /** Rows of which it was read that others ask the same. */
  readonly equal: number;
  /** Rows at temperature 0 that ask what another one asks, each for itself. */
  readonly repeats: number;
}

/** Mistakes that are told one by one. */
const MOST_TOLD = 20;

/**
 * Reads the table of a map once: copies its rows, for each model one, and notes where each is and what it lacks.
 *
 * @throws TuttiError `bad_input` with all that is wrong with the table and with what was said of it
 */
export async function readTable(options: ReadTableOptions): Promise<MapTable> {
  const reading = new TableReading(options);
  const { label: name, input } = options;
  const batches = readRows(input, {
    name,
    isHeader: (cells) => reading.needed.some((column) => cells.includes(column)),
    cellsOf: tableObjects,
    textOf: (line) => JSON.stringify({ input: line }),
    keepsEmptyCells: true,
    onForm: (form) => {
      reading.form = form === 'text' ? 'jsonl' : form;
    },
    onColumns: noteTypes(reading.types),
  });
  for await (const lines of batches) {
    if (reading.isFull) break;
    for (const { number, text, problem } of lines) reading.add(number, text, problem);
    await reading.flush();
  }
  return reading.end();
}

class TableReading {
  readonly #options: ReadTableOptions;
  readonly #table = new RowTable();
  readonly #columns = new TableColumns();
  /** Columns that templates need. */
  readonly needed: readonly string[];
  form: OutputForm = 'jsonl';
  readonly types = new Map<string, StoredType>();
  readonly #singles: readonly boolean[];
  readonly #shared: SharedRows | null;
  /** Counts rows that ask the same where their answers would be, too. */
  readonly #repeats: SharedRows | null;
  readonly #problems: string[] = [];
  #wrong = 0;
  #rows = 0;
  readonly #mayGrow: boolean;
  #offset = 0;
  #lines: string[] = [];

  constructor(options: ReadTableOptions) {
    const { plan, chain, models, share, missing } = options;
    this.#options = options;
    this.needed =
      chain === undefined ? fieldsOf(plan) : chainColumns(chain).needed.map(({ column }) => column);
    this.#mayGrow = chain === undefined && mayNeedMore(plan);
    this.#singles = models.map((model) => chain === undefined && isOneCall(plan, model));
    this.#shared = share || missing === 'skip' ? new SharedRows(plan, share) : null;
    this.#repeats =
      !share && chain === undefined && numberOf(plan.parameters.temperature) === 0
        ? new SharedRows(plan, true)
        : null;
  }

  get isFull(): boolean {
    return this.#rows >= (this.#options.limit ?? Number.POSITIVE_INFINITY);
  }

  add(line: number, text: string, problem: string | null): void {
    if (this.isFull || (problem === null && text.trim() === '')) return;
    const row = problem === null ? parsedRow(text) : problem;
    if (typeof row === 'string') {
      this.#tell(`${this.#label}:${line}: the line ${row}`);
      return;
    }
    this.#columns.add(row, TableColumns.isInOrder(row) ? undefined : namesOf(text));
    this.#rows++;
    const { plan, missing } = this.#options;
    const lacks = missing !== 'empty' && this.#lacks(row);
    // That a column is lacking is told of all rows at once.
    if (lacks && missing === 'refuse') return;
    const wrong = lacks ? null : fillingProblem(plan, row);
    if (wrong === null) this.#place(text.trim(), row, lacks);
    else this.#tell(`${this.#label}:${line}: ${wrong}`);
  }

  async flush(): Promise<void> {
    const bytes = Buffer.from(this.#lines.join(''));
    this.#lines = [];
    if (bytes.length > 0) await this.#options.tee(bytes);
  }

  end(): MapTable {
    const { models, plan, chain, overwrite, missing, problems, named } = this.#options;
    if (this.#rows === 0 && this.#wrong === 0) this.#tell(`${this.#label} has no rows`);
    const made = chain === undefined ? newColumns(plan) : chainColumns(chain).made;
    // What no row has is told by the name of its step.
    const needed = this.needed.filter((name) => chain === undefined || this.#columns.has(name));
    const told = [
      ...(chain === undefined ? [] : chainProblems(chain, this.#columns)),
      ...columnProblems(this.#columns, {
        ...{ made, overwrite, named, needed, rows: this.#rows },
        refusesMissing: missing === 'refuse',
        makesModel: models.length > 1,
      }),
    ];
    const more = this.#wrong - this.#problems.length;
    const all = [
      ...problems,
      ...this.#problems,
      ...(more > 0 ? [`… and ${more} more lines`] : []),
      ...(this.#rows > 0 ? told : []),
    ];
    if (all.length > 0) throw new TuttiError('bad_input', all.join('\n'));
    return {
      table: this.#table,
      shared: this.#shared,
      form: this.form,
      rows: this.#rows * models.length,
      columns: this.#outputColumns(),
      types: this.types,
      skipped: this.#shared?.skipped ?? 0,
      equal: this.#shared?.equal ?? 0,
      repeats: this.#repeats?.equal ?? 0,
    };
  }

  get #label(): string {
    return plainLine(this.#options.label, 500);
  }

  #outputColumns(): readonly string[] {
    const { names } = this.#columns;
    const hasModel = this.#options.models.length > 1 && !names.includes(MODEL_COLUMN);
    return hasModel ? [...names, MODEL_COLUMN] : names;
  }

  /** True for a row that has no such column as a template needs. */
  #lacks(row: JsonObject): boolean {
    return this.needed.some((name) => !Object.hasOwn(row, name));
  }

  /** Puts a row where it is asked, of each model; one that lacks a column is not asked. */
  #place(text: string, row: JsonObject, lacks: boolean): void {
    const { models } = this.#options;
    for (const [entry, { reference }] of models.entries()) {
      const own = models.length === 1 ? text : withModel(text, row, reference);
      if (!lacks) this.#repeats?.add(row, entry, false, this.#offset);
      const isAsked = this.#shared?.add(row, entry, lacks, this.#offset) ?? true;
      if (isAsked) {
        const line = this.#table.rowCount + 1;
        const single = this.#singles[entry]!;
        this.#table.addRow({ offset: this.#offset, line, entry, single, mayGrow: this.#mayGrow });
        this.#options.onRow?.(row, entry);
      }
      this.#offset += Buffer.byteLength(own) + 1;
      this.#lines.push(own, '\n');
    }
  }

  #tell(problem: string): void {
    this.#wrong++;
    if (this.#problems.length < MOST_TOLD) this.#problems.push(problem);
  }
}

function parsedRow(text: string): JsonObject | string {
  try {
    const row = parseExactJson(text);
    if (!isJsonObject(row)) return 'is no JSON object';
    return Object.keys(row).length > MOST_COLUMNS ? `has more than ${MOST_COLUMNS} columns` : row;
  } catch (error) {
    return `is no JSON: ${plainLine(error instanceof Error ? error.message : String(error), 200)}`;
  }
}

/** The text of a row with the model that it is for, behind the others or in the place of one that is there. */
function withModel(text: string, row: JsonObject, reference: string): string {
  if (Object.hasOwn(row, MODEL_COLUMN)) {
    return JSON.stringify({ ...row, [MODEL_COLUMN]: reference });
  }
  return withAddition(text, `,"${MODEL_COLUMN}":${JSON.stringify(reference)}}`);
}
