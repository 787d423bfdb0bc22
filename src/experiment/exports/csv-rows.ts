import { csvLine } from '../../io/delimited/index.ts';
import { cellText } from './cell-text.ts';
import type { ExportOptions } from './export-format.ts';
import type { ResultRow } from './result-row.ts';
import type { TableColumn } from './result-table.ts';

/** Writes rows as text, one after the other. */
export interface RowText {
  /** What comes before all rows. */
  readonly start: string;
  readonly row: (row: ResultRow) => string;
}

/** Writes results as CSV: texts exact, lists and objects as JSON. */
export function csvRows(
  columns: readonly TableColumn[],
  { excelSafe = false }: ExportOptions,
): RowText {
  const options = { excelSafe };
  return {
    start:
      columns.length === 0
        ? ''
        : csvLine(
            columns.map(({ name }) => name),
            options,
          ),
    row: (row) =>
      csvLine(
        columns.map(({ read, isTyped }) => cellText(read(row), isTyped)),
        options,
      ),
  };
}
