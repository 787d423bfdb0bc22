import { LaneCounts, type LaneTotals } from './lane-counts.ts';
import { PagedNumbers } from './paged-numbers.ts';

/** What is known of a row when it is read. */
export interface NewRow {
  /** Place of the row's first byte in `input.jsonl`. */
  readonly offset: number;
  /** Number of its physical line, counted from 1. */
  readonly line: number;
  /** Number of its lane, 0 to 65,535. */
  readonly lane: number;
  /** User turns, 1 to 65,535; default 1. */
  readonly turns?: number;
  /** Samples that are requests of their own, 1 to 65,535; default 1. */
  readonly samples?: number;
}

/** `partly`: some calls of the row have ended. `failed`: all have ended, at least one without an answer. */
export type RowState = 'pending' | 'partly' | 'answered' | 'failed';

const STATES: readonly RowState[] = ['pending', 'partly', 'answered', 'failed'];
const PARTLY = 1;
const ANSWERED = 2;
const FAILED = 3;
const HAS_ERROR = 4;
const STATE_MASK = 3;

const NO_ENTRY = -1;

/**
 * All rows of a run in memory, some 19 bytes each: where they are in the input, their lane, where
 * their answers are in the journal. Rows of several calls take 6 bytes more and 12 for each further
 * answer. Rows are numbered from 0 in input order.
 */
export class RowTable {
  readonly #offsets = new PagedNumbers(Float64Array);
  /** Lines before a row that are no rows; without any, which is usual, it takes no memory. */
  readonly #linesSkipped = new PagedNumbers(Uint32Array);
  readonly #lanes = new PagedNumbers(Uint16Array);
  readonly #states = new PagedNumbers(Uint8Array);
  readonly #turns = new PagedNumbers(Uint16Array, 1);
  readonly #samples = new PagedNumbers(Uint16Array, 1);
  readonly #ended = new PagedNumbers(Uint32Array);
  readonly #entry = new PagedNumbers(Float64Array, NO_ENTRY);
  /** For each row the newest of its further entries, plus 1; 0 if there is none. */
  readonly #further = new PagedNumbers(Uint32Array);
  readonly #furtherOffset = new PagedNumbers(Float64Array);
  readonly #furtherBefore = new PagedNumbers(Uint32Array);
  readonly #counts = new LaneCounts();
  #rows = 0;
  #furtherEntries = 0;

  get rowCount(): number {
    return this.#rows;
  }

  /** One more than the highest number of a lane that has a row. */
  get laneCount(): number {
    return this.#counts.lanes;
  }

  /** Adds the next row and returns its number. */
  addRow(row: NewRow): number {
    const number = this.#rows++;
    this.#offsets.set(number, row.offset);
    this.#linesSkipped.set(number, row.line - number - 1);
    this.#lanes.set(number, row.lane);
    this.#turns.set(number, row.turns ?? 1);
    this.#samples.set(number, row.samples ?? 1);
    this.#counts.addRow(row.lane);
    return number;
  }

  offsetOf(row: number): number {
    return this.#offsets.get(row);
  }

  lineOf(row: number): number {
    return row + 1 + this.#linesSkipped.get(row);
  }

  laneOf(row: number): number {
    return this.#lanes.get(row);
  }

  turnsOf(row: number): number {
    return this.#turns.get(row);
  }

  samplesOf(row: number): number {
    return this.#samples.get(row);
  }

  /** Calls that the row needs: its turns times its samples. */
  callsOf(row: number): number {
    return this.#turns.get(row) * this.#samples.get(row);
  }

  stateOf(row: number): RowState {
    return STATES[this.#states.get(row) & STATE_MASK]!;
  }

  /**
   * Notes that a call of the row has ended and where its line begins in the journal.
   *
   * @param ended calls that this ends: 1, and for a failed turn also those of the turns after it,
   *   which will never be asked. Default 1.
   */
  addEntry(row: number, journalOffset: number, ok: boolean, ended = 1): void {
    if (this.#entry.get(row) === NO_ENTRY) this.#entry.set(row, journalOffset);
    else this.#addFurther(row, journalOffset);
    const before = this.#states.get(row);
    const error = ok ? before & HAS_ERROR : HAS_ERROR;
    const calls = this.callsOf(row);
    let state = PARTLY;
    if (calls > 1) {
      const total = this.#ended.get(row) + ended;
      this.#ended.set(row, total);
      if (total >= calls) state = error === 0 ? ANSWERED : FAILED;
    } else state = error === 0 ? ANSWERED : FAILED;
    this.#states.set(row, state | error);
    if ((before & STATE_MASK) <= PARTLY && state !== PARTLY) {
      this.#counts.endRow(this.laneOf(row), state === FAILED);
    }
  }

  /** Places in the journal of the row's answers, in the order in which they came. */
  entriesOf(row: number): number[] {
    const first = this.#entry.get(row);
    if (first === NO_ENTRY) return [];
    const further: number[] = [];
    for (let link = this.#further.get(row); link !== 0; ) {
      further.push(this.#furtherOffset.get(link - 1));
      link = this.#furtherBefore.get(link - 1);
    }
    return [first, ...further.reverse()];
  }

  /** Place in the journal of the row's first answer; -1 if it has none. */
  firstEntryOf(row: number): number {
    return this.#entry.get(row);
  }

  /** Rows of a lane; zeros for a lane that has none. */
  laneTotals(lane: number): LaneTotals {
    return this.#counts.totals(lane);
  }

  /** The sum over all lanes. */
  totals(): LaneTotals {
    return this.#counts.sum();
  }

  #addFurther(row: number, journalOffset: number): void {
    const index = this.#furtherEntries++;
    this.#furtherOffset.set(index, journalOffset);
    this.#furtherBefore.set(index, this.#further.get(row));
    this.#further.set(row, index + 1);
  }
}
