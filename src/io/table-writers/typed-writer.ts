import type { WrittenCell, WrittenColumn } from '../written-column.ts';
import type { RowWriter, WriteBytes } from './row-writer.ts';

/** Opens a writer of typed cells as Parquet or Arrow, in groups of at most 5,000 rows; what that takes is loaded only then. */
export async function openTypedWriter(
  form: 'parquet' | 'arrow',
  columns: readonly WrittenColumn[],
  write: WriteBytes,
): Promise<RowWriter<readonly WrittenCell[]>> {
  if (form === 'arrow') {
    const { openArrowWriter } = await import('../arrow/index.ts');
    return openArrowWriter(columns, write);
  }
  const { ParquetTableWriter } = await import('../parquet/parquet-writer.ts');
  return new ParquetTableWriter(columns, write);
}
