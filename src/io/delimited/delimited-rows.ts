import { isUtf8 } from 'node:buffer';
import type { Cells } from './cells.ts';
import { DelimitedScanner } from './delimited-scanner.ts';
import { delimiterOf } from './delimiter.ts';
import { takeWholeLines } from './whole-lines.ts';

/** A row of CSV or TSV as texts. */
export interface DelimitedRow {
  /** Number of the line on which it begins, counted from 1. */
  readonly line: number;
  /** As many as there are; empty when there is a `problem`. */
  readonly cells: readonly string[];
  /** What is wrong with the row, as the end of a sentence; null if nothing. */
  readonly problem: string | null;
}

/** How delimited rows are read. */
export interface ReadDelimitedOptions {
  /** How messages call the file. */
  readonly name: string;
  /** Default: what the first line says (see `delimiterOf`). */
  readonly delimiter?: string | undefined;
  /** Tells a first line that is cut at the right delimiter. */
  readonly isHeader: (cells: readonly string[]) => boolean;
}

const SEPARATOR_LINE = /^sep=.$/;

/**
 * Reads CSV or TSV as batches of rows, cells as they are written; the first row is the names of the columns. Empty
 * lines and Excel's `sep=;` are passed over. Memory is a few pieces of the file and about three times the longest row.
 *
 * @throws TuttiError `bad_input` for a quotation mark that is never closed, with the line on which it opened.
 */
export async function* readDelimitedRows(
  chunks: AsyncIterable<Buffer>,
  options: ReadDelimitedOptions,
): AsyncGenerator<readonly DelimitedRow[], void> {
  let rows: DelimitedRow[] = [];
  let columns: number | undefined;
  const onRow = (cells: Cells) => {
    const row = rowOf(cells, columns);
    if (columns === undefined && SEPARATOR_LINE.test(row.cells.join(';'))) return;
    columns ??= cells.count;
    rows.push(row);
  };
  let scanner: DelimitedScanner | undefined;
  const take = (bytes: Buffer, length: number, final: boolean) => {
    if (scanner === undefined) {
      const newline = bytes.subarray(0, length).indexOf(0x0a);
      if (newline < 0 && !final) return 0;
      const first = bytes.toString('utf8', 0, newline < 0 ? length : newline);
      const delimiter = options.delimiter ?? delimiterOf(first, options.isHeader);
      scanner = new DelimitedScanner(delimiter.charCodeAt(0), options.name, onRow);
    }
    return scanner.take(bytes, length, final);
  };
  const pieces = takeWholeLines(chunks, take, options.name, () => scanner?.line ?? 1);
  try {
    for (let ended = false; !ended; ) {
      let failed: { readonly error: unknown } | null = null;
      try {
        ended = (await pieces.next()).done === true;
      } catch (error) {
        failed = { error };
      }
      if (rows.length > 0) yield rows;
      rows = [];
      // The rows before that are read all the same, so that what is wrong with them is told, too.
      if (failed !== null) throw failed.error;
    }
  } finally {
    await pieces.return();
  }
}

function rowOf(cells: Cells, columns: number | undefined): DelimitedRow {
  const { bytes, count, start, end, line } = cells;
  if (columns !== undefined && count !== columns) {
    const problem = `has ${count} ${count === 1 ? 'cell' : 'cells'} where the header has ${columns}`;
    return { line, cells: [], problem };
  }
  if (!isUtf8(bytes.subarray(start[0], end[count - 1]))) {
    return { line, cells: [], problem: 'is not valid UTF-8' };
  }
  const texts: string[] = [];
  for (let at = 0; at < count; at++) texts.push(bytes.toString('utf8', start[at], end[at]));
  return { line, cells: texts, problem: null };
}
