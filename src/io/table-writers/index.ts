// Apart from the folder's own index, so that only who writes tables loads it.
export { ColumnCells } from '../column-cells.ts';
export { ColumnValues, cellOf } from '../column-values.ts';
export { type ColumnType, STORED } from '../stored-type.ts';
export type { WrittenCell, WrittenColumn } from '../written-column.ts';
export { cellText } from './cell-text.ts';
export { type CellWriterOptions, cellWriter } from './cell-writer.ts';
export type { RowWriter, WriteBytes } from './row-writer.ts';
export { jsonLinesWriter, jsonListWriter, textWriter } from './text-writer.ts';
export { openTypedWriter } from './typed-writer.ts';
