import { parseExactJson } from '../../core/exact-json.ts';
import { isJsonObject, type JsonObject } from '../../core/json.ts';
import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { readRows } from '../../io/datasets/index.ts';
import { cellObjectWriter, isHeader } from '../forms/cell-object.ts';
import { type RequestTarget, requestReader } from '../forms/request-line.ts';

/** Rows from which others are made. */
export interface RowSource {
  /** Path of the file. */
  readonly path: string;
  /** What it is called in messages. */
  readonly label: string;
  /** Columns of a table whose cells are JSON where they are wholly JSON; default none. */
  readonly typed?: readonly string[] | undefined;
  /** Whom the lines are for, where they are requests and no rows; default: such lines are not read. */
  readonly requests?: RequestTarget | undefined;
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
  const { path, label, typed = [], requests, skipInvalid = false } = source;
  const limit = source.limit ?? Number.POSITIVE_INFINITY;
  const batches = readRows(path, {
    name: label,
    isHeader,
    cellsOf: (columns) => cellObjectWriter(columns, typed),
    rewriterOf: (first) => requests && requestReader(first, requests),
    textOf: (prompt) => JSON.stringify({ prompt }),
  });
  let number = 0;
  for await (const lines of batches) {
    for (const line of lines) {
      if (line.problem === null && line.text.trim() === '') continue;
      if (++number > limit) return;
      const row = line.problem === null ? parsed(line.text) : undefined;
      if (row !== undefined) yield { number, row };
      else if (!skipInvalid) throw noRow(label, line.number, line.problem ?? 'is no JSON object');
    }
  }
}

function parsed(text: string): JsonObject | undefined {
  try {
    const value = parseExactJson(text);
    return isJsonObject(value) && !JSON.isRawJSON(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function noRow(label: string, line: number, what: string): TuttiError {
  return new TuttiError('bad_input', `${plainLine(label, 1000)}:${line}: the line ${what}`, {
    hint: 'Each line is a JSON object, such as those of completed.jsonl.',
  });
}
