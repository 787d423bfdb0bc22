import { cellOf } from '../../io/parquet/column-values.ts';
import { ParquetTableWriter } from '../../io/parquet/parquet-writer.ts';
import type { TableColumn } from './result-table.ts';
import type { ResultWriter, WriteBytes } from './result-writer.ts';

/** Writes results as Parquet. */
export function parquetResultWriter(
  tableColumns: readonly TableColumn[],
  write: WriteBytes,
): ResultWriter {
  const columns = tableColumns.map(({ name, read, values }) => ({ name, type: values.type, read }));
  const table = new ParquetTableWriter(columns, write);
  return {
    add: (row) => table.add(columns.map(({ type, read }) => cellOf(type, read(row)))),
    end: () => table.end(),
  };
}
