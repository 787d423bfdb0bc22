import type { Readable } from 'node:stream';
import { AtomicFile, NamelessFile } from '../../io/index.ts';
import { type RowWriter, textWriter, type WriteBytes } from '../../io/table-writers/index.ts';
import { batchResultLine } from './batch-result-line.ts';
import { cookbookLine } from './cookbook-line.ts';
import type { ExportFormat, ExportOptions } from './export-format.ts';
import { type PlacedRow, type ReadResultsOptions, readResults } from './read-results.ts';
import type { ResultRow } from './result-row.ts';
import { ResultTable, type TableColumn } from './result-table.ts';
import { csvResultWriter, typedResultWriter } from './table-writers.ts';

/** What is written anew, and where to. */
export interface ExportRequest extends ExportOptions, ReadResultsOptions {
  /** A results file or an experiment, of any form: its path, or a stream. */
  readonly input: string | Readable;
  /** Path of the new file; it appears at once and complete, in the place of an older one. */
  readonly output: string;
}

type OpenWriter = (
  columns: readonly TableColumn[],
  options: ExportOptions,
  write: WriteBytes,
) => RowWriter<ResultRow> | Promise<RowWriter<ResultRow>>;

const WRITERS: Readonly<Record<ExportFormat, OpenWriter>> = {
  csv: csvResultWriter,
  parquet: typedResultWriter,
  arrow: typedResultWriter,
  'openai-batch': (_, __, write) =>
    textWriter({ textOf: (row, number) => `${batchResultLine(row, number)}\n` }, write),
  cookbook: (_, __, write) => textWriter({ textOf: (row) => `${cookbookLine(row)}\n` }, write),
};

/**
 * Writes results, or an experiment, in another form. Reads the file twice, for the columns and for the rows (of a stream,
 * what it gave the first time); memory does not grow with it.
 *
 * @returns how many rows it has
 * @throws TuttiError `bad_input` with the places of lines that are no rows; `file_missing`, `file_unwritable`, …
 */
export async function exportResults(request: ExportRequest): Promise<number> {
  const { input } = request;
  if (typeof input === 'string') return exportTwice(request, () => readResults(input, request));
  const kept = await NamelessFile.create();
  try {
    const how = { ...request, label: request.label ?? 'standard input' };
    // What is kept are rows already.
    const keptRows = () => readResults(kept.chunks(), { ...how, requests: undefined });
    const first = readResults(input, how, (bytes) => kept.write(bytes));
    return await exportTwice(request, keptRows, first);
  } finally {
    await kept.close();
  }
}

async function exportTwice(
  request: ExportRequest,
  read: () => AsyncIterable<readonly PlacedRow[]>,
  first = read(),
): Promise<number> {
  const table = new ResultTable();
  let rows = 0;
  for await (const batch of first) {
    for (const { row } of batch) table.add(row);
    rows += batch.length;
  }
  const file = await AtomicFile.create(request.output);
  try {
    const write = (bytes: Uint8Array) => file.write(bytes);
    const writer = await WRITERS[request.format](table.columns(), request, write);
    for await (const batch of read()) {
      for (const { row } of batch) {
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
