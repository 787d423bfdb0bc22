import { HASH_START, hashByte } from './byte-interner.ts';
import { type Cells, emptyCells, growCells } from './cells.ts';
import { QuotedRecords } from './quoted-records.ts';

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const QUOTE = 0x22;
const SPACE = 0x20;

/**
 * Cuts CSV or TSV into cells on bytes. Rows in which a cell begins with a quotation mark, after spaces
 * or not, are read by `QuotedRecords`; elsewhere a quotation mark is a character like any other. Empty lines are passed over.
 */
export class DelimitedScanner {
  readonly #delimiter: number;
  readonly #quoted: QuotedRecords;
  readonly #onRow: (cells: Cells) => void;
  readonly #cells = emptyCells();
  #line = 1;

  /** @param name how messages call the file. */
  constructor(delimiter: number, name: string, onRow: (cells: Cells) => void) {
    this.#delimiter = delimiter;
    this.#quoted = new QuotedRecords(delimiter, name);
    this.#onRow = onRow;
  }

  /** Number of the line that is scanned next. */
  get line(): number {
    return this.#line;
  }

  /** A `TakeLines`. */
  take(bytes: Buffer, length: number, final: boolean): number {
    let at = 0;
    while (at < length) {
      const next = this.#plainRow(bytes, at, length, final);
      if (next > 0) {
        at = next;
        continue;
      }
      if (next === NEEDS_MORE) return at;
      const until = this.#quoted.take(bytes, at, length, final, this.#line, this.#onRow);
      if (until === at) return at;
      for (let k = at; k < until; k++) if (bytes[k] === NEWLINE) this.#line += 1;
      at = until;
    }
    return at;
  }

  /** Scans one row and returns where the next one begins, `NEEDS_MORE` or `HAS_QUOTES`. */
  #plainRow(bytes: Buffer, from: number, length: number, final: boolean): number {
    const cells = this.#cells;
    const delimiter = this.#delimiter;
    let count = 0;
    let start = from;
    let hash = HASH_START;
    let at = from;
    for (; at < length; at++) {
      const byte = bytes[at]!;
      if (byte === delimiter) {
        if (count + 2 > cells.start.length) growCells(cells);
        cells.start[count] = start;
        cells.end[count] = at;
        cells.hash[count++] = hash;
        start = at + 1;
        hash = HASH_START;
      } else if (byte === NEWLINE) {
        break;
      } else if (byte === QUOTE && isBlank(bytes, start, at)) {
        return HAS_QUOTES;
      } else if (byte !== RETURN || (at + 1 < length ? bytes[at + 1] !== NEWLINE : !final)) {
        hash = hashByte(hash, byte);
      }
    }
    if (at === length && !final) return NEEDS_MORE;
    const end = at > start && bytes[at - 1] === RETURN ? at - 1 : at;
    if (end > from || count > 0) {
      cells.start[count] = start;
      cells.end[count] = end;
      cells.hash[count] = hash;
      cells.bytes = bytes;
      cells.count = count + 1;
      cells.line = this.#line;
      this.#onRow(cells);
    }
    if (at < length) this.#line += 1;
    return at + 1;
  }
}

/** Tells whether all bytes of a cell so far are spaces. */
function isBlank(bytes: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] !== SPACE) return false;
  return true;
}

const NEEDS_MORE = -1;
const HAS_QUOTES = -2;
