import type { Readable } from 'node:stream';
import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { readRecords } from '../forms/read-records.ts';
import type { RowFormOptions } from '../forms/row-forms.ts';
import { type ResultRow, resultRow } from './result-row.ts';

const MOST_SHOWN = 20;

/** A row of a file of results. */
export interface PlacedRow {
  /** Its line of the file, counted from 1. */
  readonly line: number;
  /** Its JSON text. */
  readonly text: string;
  readonly row: ResultRow;
}

/** How a file of results is read. */
export interface ReadResultsOptions extends RowFormOptions {
  /** What the input is called in messages; default its path. Its extension tells the form. */
  readonly label?: string | undefined;
}

/**
 * Reads results, or an experiment, of any form as batches of rows; each line must be one.
 *
 * @param tee receives the rows as JSON lines
 * @throws TuttiError `bad_input` with the places of all lines that are no rows; `file_missing`, …
 */
export async function* readResults(
  input: string | Readable | AsyncIterable<Buffer>,
  { label, typed, requests }: ReadResultsOptions = {},
  tee?: (bytes: Buffer) => Promise<void>,
): AsyncGenerator<readonly PlacedRow[], void> {
  const name = label ?? (typeof input === 'string' ? input : 'the input');
  const problems: string[] = [];
  let wrong = 0;
  for await (const records of readRecords(input, { name, typed, requests, tee })) {
    const rows: PlacedRow[] = [];
    for (const { line, text, record } of records) {
      if (typeof record !== 'string') rows.push({ line, text, row: resultRow(record) });
      else if (++wrong <= MOST_SHOWN) {
        problems.push(`${plainLine(name, 500)}:${line}: the line ${record}`);
      }
    }
    if (wrong === 0) yield rows;
  }
  if (wrong === 0) return;
  if (wrong > problems.length) problems.push(`… and ${wrong - problems.length} more`);
  throw new TuttiError('bad_input', problems.join('\n'));
}
