import { parseExactJson } from '../../core/exact-json.ts';
import { isJsonObject } from '../../core/json.ts';
import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { readRows } from '../../io/datasets/index.ts';
import { cellObjectWriter, isHeader } from '../forms/cell-object.ts';
import { type ResultRow, resultRow } from './result-row.ts';

const MOST_SHOWN = 20;

/** A row of a file of results. */
export interface PlacedRow {
  /** Its line of the file, counted from 1. */
  readonly line: number;
  readonly row: ResultRow;
}

/**
 * Reads results, or an experiment, of any form as batches of rows.
 *
 * @throws TuttiError `bad_input` with the places of all lines that are no rows; `file_missing`, …
 */
export async function* readResults(input: string): AsyncGenerator<readonly PlacedRow[], void> {
  const problems: string[] = [];
  let wrong = 0;
  const cellsOf = (columns: readonly string[]) => cellObjectWriter(columns, []);
  for await (const lines of readRows(input, { name: input, isHeader, cellsOf })) {
    const rows: PlacedRow[] = [];
    for (const { number, text, problem } of lines) {
      if (problem === null && text.trim() === '') continue;
      const row = problem ?? parseRow(text);
      if (typeof row !== 'string') rows.push({ line: number, row });
      else if (++wrong <= MOST_SHOWN) {
        problems.push(`${plainLine(input, 500)}:${number}: the line ${row}`);
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
    return isJsonObject(value) && !JSON.isRawJSON(value)
      ? resultRow(value)
      : 'is not a JSON object';
  } catch {
    return 'is not JSON';
  }
}
