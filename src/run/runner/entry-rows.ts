import type { RowTable } from '../../store/index.ts';

/**
 * The rows that have not ended, entry by entry: those that an earlier process has begun, then the others, each in
 * input order. A counting sort, so that no entry looks at another one's rows. Takes 4 bytes a row.
 */
export class EntryRows {
  readonly #table: RowTable;
  readonly #rows: Uint32Array;
  /** Where the next row of each entry is, and where its rows end. */
  readonly #places: Uint32Array;
  readonly #ends: Uint32Array;

  /**
   * @param entries their number
   * @param isMeant tells the rows that count; default: all
   */
  constructor(table: RowTable, entries: number, isMeant?: (row: number) => boolean) {
    this.#table = table;
    this.#places = new Uint32Array(entries);
    this.#ends = new Uint32Array(entries);
    for (let entry = 0, place = 0; entry < entries; entry++) {
      const { rows, done } = table.entryTotals(entry);
      this.#places[entry] = place;
      this.#ends[entry] = place;
      place += rows - done;
    }
    const { rows, done } = table.totals();
    this.#rows = new Uint32Array(rows - done);
    for (const wanted of ['open', 'pending']) {
      for (let row = 0; row < table.rowCount; row++) {
        if (table.stateOf(row) !== wanted || isMeant?.(row) === false) continue;
        const entry = table.entryOf(row);
        this.#rows[this.#ends[entry]!++] = row;
      }
    }
  }

  /** The number of the entry's next row; undefined when it has no more. */
  next(entry: number): number | undefined {
    const place = this.#places[entry]!;
    if (place === this.#ends[entry]!) return undefined;
    this.#places[entry] = place + 1;
    return this.#rows[place];
  }

  /** True when the entry's next row is one that an earlier process has begun: it may end without a call. */
  nextHasBegun(entry: number): boolean {
    if (this.isExhausted(entry)) return false;
    return this.#table.stateOf(this.#rows[this.#places[entry]!]!) === 'open';
  }

  /** True when the entry has no row left to begin. */
  isExhausted(entry: number): boolean {
    return this.#places[entry]! === this.#ends[entry]!;
  }
}
