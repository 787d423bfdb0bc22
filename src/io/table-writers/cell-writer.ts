import { type CsvLineOptions, csvLine, tsvLine } from '../delimited/index.ts';
import type { RowWriter, WriteBytes } from './row-writer.ts';
import { textWriter } from './text-writer.ts';

/** How a table of cells is written. */
export interface CellWriterOptions extends CsvLineOptions {
  readonly form: 'csv' | 'tsv';
  /** The names in the first line; without any there is none. */
  readonly columns: readonly string[];
}

/** Writes rows of texts as CSV or TSV; null is an empty cell. */
export function cellWriter(
  { form, columns, excelSafe = false }: CellWriterOptions,
  write: WriteBytes,
): RowWriter<readonly (string | null)[]> {
  const textOf = (cells: readonly (string | null)[]) =>
    form === 'csv' ? csvLine(cells, { excelSafe }) : tsvLine(cells);
  return textWriter({ start: columns.length === 0 ? '' : textOf(columns), textOf }, write);
}
