import { isUtf8 } from 'node:buffer';
import { TuttiError } from '../../core/tutti-error.ts';
import { HASH_START, hashByte } from './byte-interner.ts';
import { type Cells, emptyCells, growCells } from './cells.ts';

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const QUOTE = 0x22;
const SPACE = 0x20;
const NEEDS_MORE = -1;

/**
 * Reads rows with quoted cells (RFC 4180) and hands them on in the same shape as plain rows: their cells are written,
 * without quotation marks, into a buffer of their own. Spaces around quotation marks are no part of a cell; a cell
 * without them is taken as it is.
 */
export class QuotedRecords {
  readonly #delimiter: number;
  readonly #name: string;
  readonly #row = emptyCells();
  #scratch = Buffer.allocUnsafeSlow(4096);
  #used = 0;
  #line = 1;

  constructor(delimiter: number, name: string) {
    this.#delimiter = delimiter;
    this.#name = name;
  }

  /**
   * Takes the row with quotation marks that begins at `from`.
   *
   * @param line number of the line at `from`.
   * @returns where the row ends: `from` itself when it is not complete yet.
   * @throws TuttiError `bad_input` for a quotation mark that is never closed or closes inside a cell, with the line on
   * which it opened; for a row that is not UTF-8.
   */
  take(
    bytes: Buffer,
    from: number,
    length: number,
    final: boolean,
    line: number,
    onRow: (cells: Cells) => void,
  ): number {
    const view = bytes.subarray(0, length);
    const row = this.#row;
    row.count = 0;
    row.line = line;
    this.#used = 0;
    this.#line = line;
    let at = from;
    for (;;) {
      const end = this.#cell(view, at, final);
      if (end === NEEDS_MORE) return from;
      if (end < length && view[end] === this.#delimiter) {
        at = end + 1;
        continue;
      }
      const next = end < length ? view.indexOf(NEWLINE, end) + 1 : length;
      if (!isUtf8(view.subarray(from, next))) throw this.#problem(line, 'is not UTF-8');
      row.bytes = this.#scratch;
      onRow(row);
      return next;
    }
  }

  /** Takes one cell; returns the place of what ends it, the end of the bytes among these. */
  #cell(view: Buffer, from: number, final: boolean): number {
    const start = this.#used;
    let at = from;
    while (view[at] === SPACE) at++;
    const end = view[at] === QUOTE ? this.#quoted(view, at, final) : this.#plain(view, from, final);
    if (end === NEEDS_MORE) return end;
    const row = this.#row;
    if (row.count + 1 > row.start.length) growCells(row);
    let hash = HASH_START;
    for (let k = start; k < this.#used; k++) hash = hashByte(hash, this.#scratch[k]!);
    row.start[row.count] = start;
    row.end[row.count] = this.#used;
    row.hash[row.count++] = hash;
    return end;
  }

  #plain(view: Buffer, from: number, final: boolean): number {
    let at = from;
    while (at < view.length && view[at] !== this.#delimiter && view[at] !== NEWLINE) at++;
    if (at === view.length && !final) return NEEDS_MORE;
    const end = view[at] !== this.#delimiter && at > from && view[at - 1] === RETURN ? at - 1 : at;
    this.#append(view, from, end);
    return at;
  }

  #quoted(view: Buffer, opened: number, final: boolean): number {
    const openedOn = this.#line;
    let at = opened + 1;
    for (;;) {
      let quote = at;
      while (quote < view.length && view[quote] !== QUOTE) {
        if (view[quote++] === NEWLINE) this.#line++;
      }
      if (quote + (final ? 0 : 1) >= view.length) {
        if (!final) return NEEDS_MORE;
        throw this.#problem(openedOn, 'a quotation mark is never closed');
      }
      // A doubled quotation mark stands for one.
      const isDoubled = view[quote + 1] === QUOTE;
      this.#append(view, at, isDoubled ? quote + 1 : quote);
      at = isDoubled ? quote + 2 : quote + 1;
      if (!isDoubled) break;
    }
    while (view[at] === SPACE) at++;
    if (view[at] === RETURN && (at + 1 === view.length || view[at + 1] === NEWLINE)) at++;
    if (at >= view.length) return final ? view.length : NEEDS_MORE;
    if (view[at] === this.#delimiter || view[at] === NEWLINE) return at;
    throw this.#problem(openedOn, 'a quotation mark closes inside a cell');
  }

  #append(view: Buffer, start: number, end: number): void {
    const used = this.#used + end - start;
    if (used > this.#scratch.length) {
      const larger = Buffer.allocUnsafeSlow(2 * used);
      this.#scratch.copy(larger, 0, 0, this.#used);
      this.#scratch = larger;
    }
    view.copy(this.#scratch, this.#used, start, end);
    this.#used = used;
  }

  #problem(line: number, what: string): TuttiError {
    return new TuttiError('bad_input', `${this.#name}, line ${line}: ${what}`, {
      hint: 'Write it in UTF-8, and a quotation mark inside a quoted cell twice.',
    });
  }
}
