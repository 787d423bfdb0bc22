import { AtomicFile } from '../../io/index.ts';
import { batchResultLine } from './batch-result-line.ts';
import { cookbookLine } from './cookbook-line.ts';
import { csvRows, type RowText } from './csv-rows.ts';
import type { ExportFormat, ExportOptions } from './export-format.ts';
import { readResults } from './read-results.ts';
import type { ResultRow } from './result-row.ts';
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
  for await (const batch of readResults(request.input)) {
    for (const { row } of batch) table.add(row);
    rows += batch.length;
  }
  const file = await AtomicFile.create(request.output);
  try {
    const writer = ROW_TEXTS[request.format](table.columns(), request);
    let text = writer.start;
    for await (const batch of readResults(request.input)) {
      for (const { row } of batch) {
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

function numbered(line: (row: ResultRow, number: number) => string): RowText {
  let number = 0;
  return { start: '', row: (row) => `${line(row, ++number)}\n` };
}
