import type { StoredType } from './stored-type.ts';

/** A column that is written. */
export interface WrittenColumn {
  readonly name: string;
  readonly type: StoredType;
}

/** A value, as the type of its column has it (see `ReadCell`): JSON is its text. Null is none. */
export type WrittenCell = string | boolean | bigint | number | null | readonly WrittenCell[];

/** More rows at once are faster for nobody, and take memory of everybody who reads them. */
const GROUP_ROWS = 5_000;
/** A group ends before that, too, when its cells or their characters are so many. */
const GROUP_CELLS = 2_000_000;
const GROUP_CHARACTERS = 16 * 1024 * 1024;
const ITEM_CHARACTERS = 16;

/** Gathers rows, column by column, until they are enough to be written together. */
export class ColumnGroup {
  readonly #columns: number;
  readonly #mostRows: number;
  #data: WrittenCell[][];
  #rows = 0;
  #characters = 0;

  constructor(columns: number) {
    this.#columns = columns;
    this.#mostRows = Math.max(1, Math.min(GROUP_ROWS, Math.floor(GROUP_CELLS / columns)));
    this.#data = emptyColumns(columns);
  }

  /** Adds a row, a cell a column; true when all are to be taken before the next one. */
  add(cells: readonly WrittenCell[]): boolean {
    for (let at = 0; at < cells.length; at++) {
      const cell = cells[at]!;
      this.#data[at]!.push(cell);
      this.#characters += charactersOf(cell);
    }
    this.#rows++;
    return this.#rows >= this.#mostRows || this.#characters >= GROUP_CHARACTERS;
  }

  /** Takes what is there. */
  take(): { readonly rows: number; readonly data: readonly (readonly WrittenCell[])[] } {
    const taken = { rows: this.#rows, data: this.#data };
    this.#data = emptyColumns(this.#columns);
    this.#rows = 0;
    this.#characters = 0;
    return taken;
  }
}

/** An item of a list counts as a few of them. */
function charactersOf(cell: WrittenCell): number {
  if (typeof cell === 'string') return cell.length;
  if (!Array.isArray(cell)) return 0;
  return cell.reduce(
    (sum: number, one: WrittenCell) => sum + ITEM_CHARACTERS + charactersOf(one),
    0,
  );
}

function emptyColumns(columns: number): WrittenCell[][] {
  return Array.from({ length: columns }, () => []);
}
