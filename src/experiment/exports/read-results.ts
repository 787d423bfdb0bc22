import type { Readable } from 'node:stream';
import { parseExactJson } from '../../core/exact-json.ts';
import { isJsonObject } from '../../core/json.ts';
import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { type DatasetColumn, readRows } from '../../io/datasets/index.ts';
import { cellObjectWriter, isHeader } from '../forms/cell-object.ts';
import { type RequestTarget, requestReader } from '../forms/request-line.ts';
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
export interface ReadResultsOptions {
  /** What the input is called in messages; default its path. Its extension tells the form. */
  readonly label?: string | undefined;
  /** Columns of a table, besides those of parameters, whose cells are JSON where they are wholly JSON; default none. */
  readonly typed?: readonly string[] | undefined;
  /** Whom the lines are for, where they are requests and no rows; default: such lines are not read. */
  readonly requests?: RequestTarget | undefined;
}

/**
 * Reads results, or an experiment, of any form as batches of rows.
 *
 * @param tee receives the rows as JSON lines
 * @throws TuttiError `bad_input` with the places of all lines that are no rows; `file_missing`, …
 */
export async function* readResults(
  input: string | Readable | AsyncIterable<Buffer>,
  { label, typed = [], requests }: ReadResultsOptions = {},
  tee?: (bytes: Buffer) => Promise<void>,
): AsyncGenerator<readonly PlacedRow[], void> {
  const name = label ?? (typeof input === 'string' ? input : 'the input');
  const problems: string[] = [];
  let wrong = 0;
  const cellsOf = (columns: readonly DatasetColumn[]) => cellObjectWriter(columns, typed);
  const rewriterOf = (line: string) => requests && requestReader(line, requests);
  for await (const lines of readRows(input, { name, isHeader, cellsOf, rewriterOf, tee })) {
    const rows: PlacedRow[] = [];
    for (const { number, text, problem } of lines) {
      if (problem === null && text.trim() === '') continue;
      const row = problem ?? parseRow(text);
      if (typeof row !== 'string') rows.push({ line: number, text, row });
      else if (++wrong <= MOST_SHOWN) {
        problems.push(`${plainLine(name, 500)}:${number}: the line ${row}`);
      }
    }
    if (wrong === 0 && rows.length > 0) yield rows;
  }
  if (wrong === 0) return;
  if (wrong > problems.length) problems.push(`… and ${wrong - problems.length} more`);
  throw new TuttiError('bad_input', problems.join('\n'));
}

function parseRow(text: string): ResultRow | string {
  try {
    const value = parseExactJson(text);
    if (value === null) return 'is null, as prompto writes an answer that it has lost: take it out';
    return isJsonObject(value) && !JSON.isRawJSON(value)
      ? resultRow(value)
      : 'is not a JSON object';
  } catch {
    return 'is not JSON';
  }
}
