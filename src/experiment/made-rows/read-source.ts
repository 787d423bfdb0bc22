import type { JsonObject } from '../../core/json.ts';
import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { readRecords } from '../forms/read-records.ts';
import type { RowFormOptions } from '../forms/row-forms.ts';

/** Rows from which others are made. */
export interface RowSource extends RowFormOptions {
  /** Path of the file. */
  readonly path: string;
  /** What it is called in messages. */
  readonly label: string;
  /** Only the first so many lines that are not blank; default all. */
  readonly limit?: number | undefined;
  /** Passes over lines that are no rows; default false. */
  readonly skipInvalid?: boolean | undefined;
}

/** One row of a source. */
export interface SourceRow {
  /** Counted from 1; blank lines do not count. */
  readonly number: number;
  readonly row: JsonObject;
}

/**
 * Reads the rows of a file, whichever form they have, one after the other.
 *
 * @throws TuttiError `bad_input` for the first line that is no row; `file_missing`, `file_unreadable`
 */
export async function* readSource(source: RowSource): AsyncGenerator<SourceRow, void> {
  const { path, label, typed, requests, skipInvalid = false } = source;
  const limit = source.limit ?? Number.POSITIVE_INFINITY;
  let number = 0;
  for await (const records of readRecords(path, { name: label, typed, requests })) {
    for (const { line, record } of records) {
      if (++number > limit) return;
      if (typeof record !== 'string') yield { number, row: record };
      else if (!skipInvalid) throw noRow(label, line, record);
    }
  }
}

function noRow(label: string, line: number, what: string): TuttiError {
  return new TuttiError('bad_input', `${plainLine(label, 1000)}:${line}: the line ${what}`, {
    hint: 'Each line is a JSON object, such as those of completed.jsonl.',
  });
}
