import { csvLine } from '../../io/delimited/index.ts';
import { cellText } from './cell-text.ts';
import type { ExportOptions } from './export-format.ts';
import type { TableColumn } from './result-table.ts';
import { type ResultWriter, textWriter, type WriteBytes } from './result-writer.ts';

/** Writes results as CSV: texts exact, lists and objects as JSON. */
export function csvWriter(
  columns: readonly TableColumn[],
  { excelSafe = false }: ExportOptions,
  write: WriteBytes,
): ResultWriter {
  const line = (cells: readonly (string | null)[]) => csvLine(cells, { excelSafe });
  const start = columns.length === 0 ? '' : line(columns.map(({ name }) => name));
  const textOf = (row: Parameters<TableColumn['read']>[0]) =>
    line(columns.map(({ read, isTyped }) => cellText(read(row), isTyped)));
  return textWriter(start, textOf, write);
}
