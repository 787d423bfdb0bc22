import {
  cellOf,
  cellText,
  cellWriter,
  openTypedWriter,
  type RowWriter,
  STORED,
  type WriteBytes,
} from '../../io/table-writers/index.ts';
import type { ExportOptions } from './export-format.ts';
import type { ResultRow } from './result-row.ts';
import type { TableColumn } from './result-table.ts';

/** Writes results as CSV: texts exact, lists and objects as JSON. */
export function csvResultWriter(
  columns: readonly TableColumn[],
  { excelSafe }: ExportOptions,
  write: WriteBytes,
): RowWriter<ResultRow> {
  const names = columns.map(({ name }) => name);
  const writer = cellWriter({ form: 'csv', columns: names, excelSafe: excelSafe ?? false }, write);
  return {
    add: (row) => writer.add(columns.map(({ read, isTyped }) => cellText(read(row), isTyped))),
    end: () => writer.end(),
  };
}

/** Writes results as Parquet or Arrow. */
export async function typedResultWriter(
  tableColumns: readonly TableColumn[],
  { format }: ExportOptions,
  write: WriteBytes,
): Promise<RowWriter<ResultRow>> {
  const columns = tableColumns.map(({ name, read, values: { type } }) => {
    return { name, type: STORED[type], cell: (row: ResultRow) => cellOf(type, read(row)) };
  });
  const form = format === 'arrow' ? 'arrow' : 'parquet';
  const writer = await openTypedWriter(form, columns, write);
  return {
    add: (row) => writer.add(columns.map(({ cell }) => cell(row))),
    end: () => writer.end(),
  };
}
