import { isUtf8 } from 'node:buffer';
import { parse } from 'csv-parse/sync';
import { TuttiError } from '../../core/tutti-error.ts';
import { HASH_START, hashByte } from './byte-interner.ts';
import { type Cells, emptyCells, growCells } from './cells.ts';

const NEWLINE = 0x0a;
const QUOTE = 0x22;
const SPACE = 0x20;
const TAB = 0x09;
/** Most bytes handed to the parser at once, so that its strings stay small. */
const MAX_BYTES = 256 * 1024;

/** Parses runs of rows with quoted cells and hands them on in the same shape as plain rows. */
export class QuotedRecords {
  readonly #delimiter: number;
  readonly #name: string;
  /** First line of each row of the run, and its place in the bytes. */
  readonly #lines: number[] = [];
  readonly #places: number[] = [];
  readonly #row = emptyCells();
  #scratch = Buffer.allocUnsafeSlow(4096);

  constructor(delimiter: number, name: string) {
    this.#delimiter = delimiter;
    this.#name = name;
  }

  /**
   * Takes the run of rows with quotation marks that begins at `from`.
   *
   * @param line number of the line at `from`.
   * @returns where the run ends: `from` itself when its first row is not complete yet.
   * @throws TuttiError `bad_input` for a quotation mark that is never closed or closes inside a cell.
   */
  take(
    bytes: Buffer,
    from: number,
    length: number,
    final: boolean,
    line: number,
    onRow: (cells: Cells) => void,
  ): number {
    this.#lines.length = 0;
    this.#places.length = 0;
    let [until, lineAt] = [from, line];
    while (until < length && until - from < MAX_BYTES) {
      const record = this.#recordEnd(bytes, until, length);
      if (record.end < 0 && !final) break;
      if (record.end < 0 && record.open)
        throw this.#problem(lineAt, 'a quotation mark is never closed');
      if (!record.quoted) break;
      const end = record.end < 0 ? length : record.end;
      this.#places.push(until);
      this.#lines.push(lineAt);
      lineAt += record.newlines;
      until = end;
    }
    if (until > from) {
      this.#checkEncoding(bytes, from, until);
      this.#parse(bytes.subarray(from, until), onRow);
    }
    return until;
  }

  /** Finds the line end that is not inside quotation marks; `end` is -1 when there is none. */
  #recordEnd(bytes: Buffer, from: number, length: number) {
    let [open, quoted, newlines, cellStart] = [false, false, 0, true];
    for (let at = from; at < length; at++) {
      const byte = bytes[at]!;
      if (byte === NEWLINE) {
        newlines += 1;
        if (!open) return { end: at + 1, quoted, open, newlines };
      } else if (byte === QUOTE && (open || cellStart)) {
        open = !open;
        quoted = true;
        // A doubled quotation mark closes and opens again.
        cellStart = !open;
        continue;
      }
      cellStart = !open && (byte === this.#delimiter || (cellStart && byte === SPACE));
    }
    return { end: -1, quoted, open, newlines };
  }

  #checkEncoding(bytes: Buffer, from: number, until: number): void {
    if (isUtf8(bytes.subarray(from, until))) return;
    const bad = this.#places.findIndex(
      (place, k) => !isUtf8(bytes.subarray(place, this.#places[k + 1] ?? until)),
    );
    throw this.#problem(this.#lines[bad] ?? this.#lines[0]!, 'is not UTF-8');
  }

  #parse(block: Buffer, onRow: (cells: Cells) => void): void {
    let records: string[][];
    try {
      records = parse(block, {
        delimiter: String.fromCharCode(this.#delimiter),
        relax_column_count: true,
        // Spaces around quotation marks are no part of a cell; a tab may be the delimiter.
        trim: this.#delimiter !== TAB,
        record_delimiter: ['\r\n', '\n'],
      });
    } catch (cause) {
      const place = this.#lines[(cause as { records?: number }).records ?? 0] ?? this.#lines[0]!;
      throw this.#problem(place, (cause as Error).message.replace(/ at line .*/s, ''), cause);
    }
    for (const [k, record] of records.entries()) onRow(this.#cells(record, this.#lines[k]!));
  }

  /** Writes the cells into a buffer of their own, so that rows of both kinds are handled alike. */
  #cells(record: readonly string[], line: number): Cells {
    const cells = this.#row;
    while (cells.start.length < record.length) growCells(cells);
    cells.count = record.length;
    cells.line = line;
    const room = record.reduce((sum, cell) => sum + 3 * cell.length, 0);
    if (room > this.#scratch.length) this.#scratch = Buffer.allocUnsafeSlow(2 * room);
    cells.bytes = this.#scratch;
    let at = 0;
    for (const [column, cell] of record.entries()) {
      cells.start[column] = at;
      const end = at + this.#scratch.write(cell, at);
      let hash = HASH_START;
      for (; at < end; at++) hash = hashByte(hash, this.#scratch[at]!);
      cells.end[column] = end;
      cells.hash[column] = hash;
    }
    return cells;
  }

  #problem(line: number, what: string, cause?: unknown): TuttiError {
    return new TuttiError('bad_input', `${this.#name}, line ${line}: ${what}`, {
      hint: 'Write it in UTF-8, and a quotation mark inside a quoted cell twice.',
      cause,
    });
  }
}
