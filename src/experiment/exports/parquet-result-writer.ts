import { numberOf } from '../../core/exact-json.ts';
import type { JsonValue } from '../../core/json.ts';
import {
  type ParquetColumnType,
  ParquetTableWriter,
  type WrittenCell,
} from '../../io/parquet/parquet-writer.ts';
import type { TableColumn } from './result-table.ts';
import type { ResultWriter, WriteBytes } from './result-writer.ts';

/** How a value is written in a column that holds it. */
const CELLS: Readonly<Record<ParquetColumnType, (value: JsonValue) => WrittenCell>> = {
  text: (value) => value as string,
  boolean: (value) => value as boolean,
  integer: (value) => BigInt(JSON.stringify(value)),
  double: numberOf,
  json: (value) => JSON.stringify(value),
};

/** Writes results as Parquet. */
export function parquetResultWriter(
  tableColumns: readonly TableColumn[],
  write: WriteBytes,
): ResultWriter {
  const columns = tableColumns.map(({ name, read, values }) => {
    const { type } = values;
    return { name, type, read, cellOf: CELLS[type] };
  });
  const table = new ParquetTableWriter(columns, write);
  return {
    add: (row) =>
      table.add(
        columns.map(({ read, cellOf }) => {
          const value = read(row) ?? null;
          return value === null ? null : cellOf(value);
        }),
      ),
    end: () => table.end(),
  };
}
