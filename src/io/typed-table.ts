import type { StoredType } from './stored-type.ts';

/** A column of a table whose cells are not all texts. */
export interface TypedColumn {
  readonly name: string;
  /** True when its cells are texts as they are; false when they are JSON. */
  readonly isText: boolean;
  /** What its values are; null for what no column that is written can be. */
  readonly type: StoredType | null;
}

/** A row of such a table. */
export interface TypedRow {
  /** Its place in the file, counted from 1. */
  readonly number: number;
  /** A cell a column; null for none. */
  readonly cells: readonly (string | null)[];
  /** What is wrong with the row, as the end of a sentence; null if nothing. */
  readonly problem: string | null;
}

/** The rows of a file of such a table, not read yet. */
export interface TypedTable {
  readonly columns: readonly TypedColumn[];
  /** The rows, once; the file is closed behind the last one, or when they are not wanted any more. */
  readonly batches: AsyncGenerator<readonly TypedRow[], void>;
}

const BATCH_ROWS = 1_000;
const BATCH_CHARACTERS = 256 * 1024;

/** Rows that are handed on together: so many, or so long, that it is worth it, and no more. */
export class TypedBatch {
  #rows: TypedRow[] = [];
  #characters = 0;

  /** @param characters of its cells */
  add(row: TypedRow, characters: number): void {
    this.#rows.push(row);
    this.#characters += characters;
  }

  get isEmpty(): boolean {
    return this.#rows.length === 0;
  }

  get isFull(): boolean {
    return this.#rows.length >= BATCH_ROWS || this.#characters >= BATCH_CHARACTERS;
  }

  /** The rows; it is empty then. */
  take(): readonly TypedRow[] {
    const rows = this.#rows;
    this.#rows = [];
    this.#characters = 0;
    return rows;
  }
}
