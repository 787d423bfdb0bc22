import { createHash } from 'node:crypto';
import { isJsonObject, type JsonValue } from '../../core/json.ts';
import { lostByJson } from '../../core/lost-by-json.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { AtomicFile } from '../../io/index.ts';
import { RowTable } from '../../store/in-memory.ts';
import type { RunFolder } from '../../store/index.ts';

/** Rows are written to the input in pieces of about this many characters. */
const PIECE_CHARACTERS = 256 * 1024;

/** As many as a row table can tell apart. */
const MAX_ENTRIES = 65_536;

/** How rows that a program made are told apart. */
export interface RowSorting<Row> {
  /** Names where a row begins. */
  readonly entryOf: (row: Row) => string;
  /** True for a row that is declared to be one call. */
  readonly isSingle: (row: Row) => boolean;
}

/** The rows of a workflow, counted and sorted. */
export interface WorkflowRows {
  readonly table: RowTable;
  /** Names of the entries, by number. */
  readonly entries: readonly string[];
}

/** Notes in a table where each row begins. */
class RowNotes<Row> {
  readonly table = new RowTable();
  readonly entries: string[] = [];
  readonly #sorting: RowSorting<Row>;
  readonly #numbers = new Map<string, number>();

  constructor(sorting: RowSorting<Row>) {
    this.#sorting = sorting;
  }

  add(row: Row, offset: number): void {
    const name = this.#sorting.entryOf(row);
    let entry = this.#numbers.get(name);
    if (entry === undefined) {
      if (this.entries.length === MAX_ENTRIES) throw tooManyEntries();
      entry = this.entries.push(name) - 1;
      this.#numbers.set(name, entry);
    }
    const line = this.table.rowCount + 1;
    this.table.addRow({ offset, line, entry, single: this.#sorting.isSingle(row) });
  }
}

/** Keeps rows in memory. */
export async function gatherRows<Row>(
  rows: Iterable<Row> | AsyncIterable<Row>,
  sorting: RowSorting<Row>,
): Promise<WorkflowRows & { readonly rows: readonly Row[] }> {
  const notes = new RowNotes(sorting);
  const kept: Row[] = [];
  for await (const row of rows) {
    notes.add(row, kept.length);
    kept.push(row);
  }
  return { table: notes.table, entries: notes.entries, rows: kept };
}

/**
 * Goes through rows once: notes where each stands in `input.jsonl`, and writes that file where it is not there.
 *
 * @param beforeItIsThere called with the file's hash when it is written, before it has its name
 * @returns the SHA-256 of the file's bytes, in hexadecimal, as well
 * @throws TuttiError `bad_input` for a row that is not JSON; `disk_full` or `file_unwritable`.
 */
export async function spoolRows<Row>(
  rows: Iterable<Row> | AsyncIterable<Row>,
  sorting: RowSorting<Row>,
  folder: RunFolder,
  exists: boolean,
  beforeItIsThere: (sha256: string) => Promise<void>,
): Promise<WorkflowRows & { readonly sha256: string }> {
  const notes = new RowNotes(sorting);
  const hash = createHash('sha256');
  await using opened = new AsyncDisposableStack();
  const file = exists ? undefined : await AtomicFile.create(folder.input);
  if (file !== undefined) opened.defer(() => file.abort());
  let offset = 0;
  let waiting = '';
  const flush = async () => {
    const bytes = Buffer.from(waiting);
    waiting = '';
    hash.update(bytes);
    await file?.write(bytes);
  };
  for await (const row of rows) {
    const line = `${rowText(row, notes.table.rowCount)}\n`;
    notes.add(row, offset);
    offset += Buffer.byteLength(line);
    waiting += line;
    if (waiting.length > PIECE_CHARACTERS) await flush();
  }
  await flush();
  const sha256 = hash.digest('hex');
  if (file !== undefined) {
    await file.seal();
    await beforeItIsThere(sha256);
    await file.commit();
  }
  return { table: notes.table, entries: notes.entries, sha256 };
}

/** The row of a line of `input.jsonl`. */
export function rowOfText<Row>(text: string): Row {
  const row = JSON.parse(text) as { readonly value?: JsonValue };
  const isWrapped = row.value !== undefined && Object.keys(row).length === 1;
  return (isWrapped ? row.value : row) as Row;
}

/** A line must be an object: anything else is its `value`, and so is an object that is nothing but a `value`. */
function rowText(row: unknown, number: number): string {
  let text: string | undefined;
  try {
    const isOnlyValue = isJsonObject(row) && 'value' in row && Object.keys(row).length === 1;
    text = JSON.stringify(isJsonObject(row) && !isOnlyValue ? row : { value: row });
  } catch (cause) {
    throw notJson(number, cause instanceof Error ? cause.message : String(cause));
  }
  if (text === undefined || row === undefined) throw notJson(number, 'it is undefined');
  const lost = lostByJson(row, text === '{"value":{}}' ? '{}' : text);
  if (lost !== undefined) throw notJson(number, `it is ${lost}, of which JSON keeps nothing`);
  return text;
}

function tooManyEntries(): TuttiError {
  return new TuttiError('bad_usage', `the rows have more than ${MAX_ENTRIES} entries`, {
    hint: 'An entry is for many rows, such as all of one model; without `entry` there is one for all.',
  });
}

function notJson(number: number, why: string): TuttiError {
  return new TuttiError('bad_input', `row ${number} cannot be written as JSON: ${why}`, {
    hint: 'Rows of a run with a folder are JSON: objects, lists, texts, numbers, true, false, null.',
  });
}
