import { parseExactJson } from '../../core/exact-json.ts';
import { isJsonObject } from '../../core/json.ts';
import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { readRows } from '../../io/datasets/index.ts';
import { AtomicFile } from '../../io/index.ts';
import { cellObjectWriter, isHeader } from '../forms/cell-object.ts';
import { batchResultLine } from './batch-result-line.ts';
import { cookbookLine } from './cookbook-line.ts';
import { csvRows, type RowText } from './csv-rows.ts';
import type { ExportFormat, ExportOptions } from './export-format.ts';
import { type ResultRow, resultRow } from './result-row.ts';
import { ResultTable, type TableColumn } from './result-table.ts';

/** What is written anew, and where to. */
export interface ExportRequest extends ExportOptions {
  /** Path of a results file or an experiment, of any form. */
  readonly input: string;
  /** Path of the new file; it appears at once and complete, in the place of an older one. */
  readonly output: string;
}

const ROW_TEXTS: Readonly<
  Record<ExportFormat, (columns: readonly TableColumn[], options: ExportOptions) => RowText>
> = {
  csv: csvRows,
  'openai-batch': () => numbered(batchResultLine),
  cookbook: () => numbered(cookbookLine),
};

const WRITE_CHARACTERS = 512 * 1024;
const MOST_SHOWN = 20;

/**
 * Writes results, or an experiment, in another form. Reads the file twice, for the columns and for the rows; memory
 * does not grow with it.
 *
 * @returns how many rows it has
 * @throws TuttiError `bad_input` with the places of lines that are no rows; `file_missing`, `file_unwritable`, …
 */
export async function exportResults(request: ExportRequest): Promise<number> {
  const table = new ResultTable();
  let rows = 0;
  for await (const batch of resultRows(request.input)) {
    for (const row of batch) table.add(row);
    rows += batch.length;
  }
  const file = await AtomicFile.create(request.output);
  try {
    const writer = ROW_TEXTS[request.format](table.columns(), request);
    let text = writer.start;
    for await (const batch of resultRows(request.input)) {
      for (const row of batch) {
        text += writer.row(row);
        if (text.length < WRITE_CHARACTERS) continue;
        await file.write(Buffer.from(text));
        text = '';
      }
    }
    await file.write(Buffer.from(text));
    await file.commit();
  } finally {
    await file.abort();
  }
  return rows;
}

/** Reads a file as batches of rows; all lines that are none are told at once. */
async function* resultRows(input: string): AsyncGenerator<readonly ResultRow[], void> {
  const problems: string[] = [];
  let wrong = 0;
  const cellsOf = (columns: readonly string[]) => cellObjectWriter(columns, []);
  for await (const lines of readRows(input, { name: input, isHeader, cellsOf })) {
    const rows: ResultRow[] = [];
    for (const { number, text, problem } of lines) {
      if (problem === null && text.trim() === '') continue;
      const row = problem ?? parseRow(text);
      if (typeof row !== 'string') rows.push(row);
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
    if (value === null) return 'is null, as prompto writes an answer that it has lost: take it out';
    return isJsonObject(value) && !JSON.isRawJSON(value)
      ? resultRow(value)
      : 'is not a JSON object';
  } catch {
    return 'is not JSON';
  }
}

function numbered(line: (row: ResultRow, number: number) => string): RowText {
  let number = 0;
  return { start: '', row: (row) => `${line(row, ++number)}\n` };
}
