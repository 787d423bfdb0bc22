import type { Readable } from 'node:stream';
import { parseExactJson } from '../../core/exact-json.ts';
import { isJsonObject } from '../../core/json.ts';
import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { type DatasetColumn, readRows } from '../../io/datasets/index.ts';
import { AtomicFile, NamelessFile } from '../../io/index.ts';
import { cellObjectWriter, isHeader } from '../forms/cell-object.ts';
import { type RequestTarget, requestReader } from '../forms/request-line.ts';
import { batchResultLine } from './batch-result-line.ts';
import { cookbookLine } from './cookbook-line.ts';
import { csvWriter } from './csv-writer.ts';
import type { ExportFormat, ExportOptions } from './export-format.ts';
import { type ResultRow, resultRow } from './result-row.ts';
import { ResultTable, type TableColumn } from './result-table.ts';
import { type ResultWriter, textWriter, type WriteBytes } from './result-writer.ts';

/** What is written anew, and where to. */
export interface ExportRequest extends ExportOptions {
  /** A results file or an experiment, of any form: its path, or a stream. */
  readonly input: string | Readable;
  /** What the input is called in messages; default its path. Its extension tells the form. */
  readonly label?: string | undefined;
  /** Path of the new file; it appears at once and complete, in the place of an older one. */
  readonly output: string;
  /** Columns of a table, besides those of parameters, whose cells are JSON where they are wholly JSON; default none. */
  readonly typed?: readonly string[] | undefined;
  /** Whom the lines are for, where they are requests and no rows; default: such lines are not read. */
  readonly requests?: RequestTarget | undefined;
}

type OpenWriter = (
  columns: readonly TableColumn[],
  options: ExportOptions,
  write: WriteBytes,
) => ResultWriter | Promise<ResultWriter>;

const WRITERS: Readonly<Record<ExportFormat, OpenWriter>> = {
  csv: csvWriter,
  parquet: async (columns, _, write) => {
    const { parquetResultWriter } = await import('./parquet-result-writer.ts');
    return parquetResultWriter(columns, write);
  },
  'openai-batch': (_, __, write) =>
    textWriter('', (row, number) => `${batchResultLine(row, number)}\n`, write),
  cookbook: (_, __, write) => textWriter('', (row) => `${cookbookLine(row)}\n`, write),
};

const MOST_SHOWN = 20;

/**
 * Writes results, or an experiment, in another form. Reads the file twice, for the columns and for the rows (of a stream,
 * what it gave the first time); memory does not grow with it.
 *
 * @returns how many rows it has
 * @throws TuttiError `bad_input` with the places of lines that are no rows; `file_missing`, `file_unwritable`, …
 */
export async function exportResults(request: ExportRequest): Promise<number> {
  const { input } = request;
  if (typeof input === 'string') return exportTwice(request, () => resultRows(request, input));
  const kept = await NamelessFile.create();
  try {
    // What is kept are rows already.
    const keptRows = () => resultRows({ ...request, requests: undefined }, kept.chunks());
    const first = resultRows(request, input, (bytes) => kept.write(bytes));
    return await exportTwice(request, keptRows, first);
  } finally {
    await kept.close();
  }
}

async function exportTwice(
  request: ExportRequest,
  read: () => AsyncIterable<readonly ResultRow[]>,
  first = read(),
): Promise<number> {
  const table = new ResultTable();
  let rows = 0;
  for await (const batch of first) {
    for (const row of batch) table.add(row);
    rows += batch.length;
  }
  const file = await AtomicFile.create(request.output);
  try {
    const write = (bytes: Uint8Array) => file.write(bytes);
    const writer = await WRITERS[request.format](table.columns(), request, write);
    for await (const batch of read()) {
      for (const row of batch) {
        const written = writer.add(row);
        if (written !== undefined) await written;
      }
    }
    await writer.end();
    await file.commit();
  } finally {
    await file.abort();
  }
  return rows;
}

/** Reads a file as batches of rows; all lines that are none are told at once. */
async function* resultRows(
  { input, label, typed = [], requests }: ExportRequest,
  source: string | Readable | AsyncIterable<Buffer>,
  tee?: (bytes: Buffer) => Promise<void>,
): AsyncGenerator<readonly ResultRow[]> {
  const name = label ?? (typeof input === 'string' ? input : 'standard input');
  const problems: string[] = [];
  let wrong = 0;
  const cellsOf = (columns: readonly DatasetColumn[]) => cellObjectWriter(columns, typed);
  const rewriterOf = (line: string) => requests && requestReader(line, requests);
  for await (const lines of readRows(source, { name, isHeader, cellsOf, rewriterOf, tee })) {
    const rows: ResultRow[] = [];
    for (const { number, text, problem } of lines) {
      if (problem === null && text.trim() === '') continue;
      const row = problem ?? parseRow(text);
      if (typeof row !== 'string') rows.push(row);
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
    return isJsonObject(value) && !JSON.isRawJSON(value)
      ? resultRow(value)
      : 'is not a JSON object';
  } catch {
    return 'is not JSON';
  }
}
