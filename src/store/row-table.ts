import { EntryCounts, type EntryTotals } from './entry-counts.ts';
import { PagedNumbers } from './paged-numbers.ts';

/** What is known of a row when it is read. */
export interface NewRow {
  /** Place of the row's first byte in `input.jsonl`. */
  readonly offset: number;
  /** Number of its physical line, counted from 1. */
  readonly line: number;
  /** Number of its entry, 0 to 65,535: rows of one entry are begun one after the other. */
  readonly entry: number;
  /** True for a row that ends with its only call's answer; false for one that ends with a line of its own. Default true. */
  readonly single?: boolean;
  /** True for a row of one call that may turn out to need more. Default false. */
  readonly mayGrow?: boolean;
}

/** `open`: some calls of the row have ended. `failed`: it has ended with an error. */
export type RowState = 'pending' | 'open' | 'answered' | 'failed';

const STATES: readonly RowState[] = ['pending', 'open', 'answered', 'failed'];
const PENDING = 0;
const OPEN = 1;
const ANSWERED = 2;
const FAILED = 3;
const STATE_MASK = 3;
/** The bit of a row that ends with a line of its own. */
const SEVERAL = 4;
/** The bit of one that may become such a row. */
const MAY_GROW = 8;

const NO_LINE = -1;

/**
 * All rows of a run in memory, some 19 bytes each: where they are in the input, their entry, where
 * their lines are in the journal. Rows of several calls take 12 bytes more for each further line. Rows are
 * numbered from 0 in input order.
 */
export class RowTable {
  readonly #offsets = new PagedNumbers(Float64Array);
  /** Lines before a row that are no rows; without any, which is usual, it takes no memory. */
  readonly #linesSkipped = new PagedNumbers(Uint32Array);
  readonly #entries = new PagedNumbers(Uint16Array);
  readonly #states = new PagedNumbers(Uint8Array);
  readonly #firstLine = new PagedNumbers(Float64Array, NO_LINE);
  /** For each row the newest of its further lines, plus 1; 0 if there is none. */
  readonly #further = new PagedNumbers(Uint32Array);
  readonly #furtherOffset = new PagedNumbers(Float64Array);
  readonly #furtherBefore = new PagedNumbers(Uint32Array);
  readonly #counts = new EntryCounts();
  #rows = 0;
  #furtherLines = 0;

  get rowCount(): number {
    return this.#rows;
  }

  /** One more than the highest number of an entry that has a row. */
  get entryCount(): number {
    return this.#counts.entries;
  }

  /** Adds the next row and returns its number. */
  addRow({ offset, line, entry, single = true, mayGrow = false }: NewRow): number {
    const number = this.#rows++;
    this.#offsets.set(number, offset);
    this.#linesSkipped.set(number, line - number - 1);
    this.#entries.set(number, entry);
    if (!single) this.#states.set(number, SEVERAL);
    else if (mayGrow) this.#states.set(number, MAY_GROW);
    this.#counts.addRow(entry);
    return number;
  }

  offsetOf(row: number): number {
    return this.#offsets.get(row);
  }

  lineOf(row: number): number {
    return row + 1 + this.#linesSkipped.get(row);
  }

  entryOf(row: number): number {
    return this.#entries.get(row);
  }

  /** True for a row that ends with its only call's answer. */
  isSingle(row: number): boolean {
    return (this.#states.get(row) & SEVERAL) === 0;
  }

  /** True for a row of one call that may turn out to need more. */
  mayGrow(row: number): boolean {
    return (this.#states.get(row) & (SEVERAL | MAY_GROW)) === MAY_GROW;
  }

  /** Makes a row of one call that has not ended one of several. */
  grow(row: number): void {
    this.#states.set(row, this.#states.get(row) | SEVERAL);
  }

  stateOf(row: number): RowState {
    return STATES[this.#states.get(row) & STATE_MASK]!;
  }

  /** Notes an answer of the row and where its line begins in the journal; it ends a row of one call. */
  addAnswer(row: number, journalOffset: number, ok: boolean): void {
    this.#addLine(row, journalOffset);
    if (this.isSingle(row)) this.#end(row, ok);
    else if (this.stateOf(row) === 'pending') this.#setState(row, OPEN);
  }

  /** Notes that a row of several calls, or of none, has ended. */
  endRow(row: number, journalOffset: number, ok: boolean): void {
    this.#addLine(row, journalOffset);
    this.#end(row, ok);
  }

  /** Notes that a row's end and its failed answers count no longer. */
  reopenRow(row: number, journalOffset: number): void {
    const state = this.stateOf(row);
    const single = this.isSingle(row);
    if (single && state !== 'failed') return;
    if (state === 'answered' || state === 'failed') {
      this.#counts.reopenRow(this.entryOf(row), state === 'failed');
    }
    if (single) {
      this.#firstLine.set(row, NO_LINE);
      this.#further.set(row, 0);
      this.#setState(row, PENDING);
    } else {
      this.#addLine(row, journalOffset);
      this.#setState(row, OPEN);
    }
  }

  /** Places in the journal of the row's lines, in the order in which they came. */
  linesOf(row: number): number[] {
    const first = this.#firstLine.get(row);
    if (first === NO_LINE) return [];
    const further: number[] = [];
    for (let link = this.#further.get(row); link !== 0; ) {
      further.push(this.#furtherOffset.get(link - 1));
      link = this.#furtherBefore.get(link - 1);
    }
    return [first, ...further.reverse()];
  }

  /** Place in the journal of the row's newest line; -1 if it has none. */
  lastLineOf(row: number): number {
    const link = this.#further.get(row);
    return link === 0 ? this.#firstLine.get(row) : this.#furtherOffset.get(link - 1);
  }

  /** Rows of an entry; zeros for one that has none. */
  entryTotals(entry: number): EntryTotals {
    return this.#counts.totals(entry);
  }

  /** The sum over all entries. */
  totals(): EntryTotals {
    return this.#counts.sum();
  }

  #end(row: number, ok: boolean): void {
    const before = this.stateOf(row);
    if (before === 'answered' || before === 'failed') return;
    this.#setState(row, ok ? ANSWERED : FAILED);
    this.#counts.endRow(this.entryOf(row), !ok);
  }

  #setState(row: number, state: number): void {
    this.#states.set(row, (this.#states.get(row) & ~STATE_MASK) | state);
  }

  #addLine(row: number, offset: number): void {
    if (this.#firstLine.get(row) === NO_LINE) {
      this.#firstLine.set(row, offset);
      return;
    }
    const index = this.#furtherLines++;
    this.#furtherOffset.set(index, offset);
    this.#furtherBefore.set(index, this.#further.get(row));
    this.#further.set(row, index + 1);
  }
}
