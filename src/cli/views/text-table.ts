import { displayWidth, fitLine, fitMiddle } from '../terminal/display-width.ts';

/** A column of a table. */
export interface TableColumn {
  readonly title: string;
  readonly align: 'left' | 'right';
  /** True for the one column that is cut when the table is too wide. */
  readonly shrinks?: boolean;
  /** True cuts its cells in the middle, for names that differ at their end. */
  readonly keepsEnd?: boolean;
}

const SMALLEST = 8;
const GAP = '  ';

/**
 * Renders a table of clean cells: title row first, one line each, no line wider than `width` as long as
 * the shrinking column has room.
 */
export function renderTable(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  width: number,
): string[] {
  const widths = columns.map(({ title }, index) =>
    Math.max(displayWidth(title), ...rows.map((row) => displayWidth(row[index] ?? ''))),
  );
  const total = 1 + widths.reduce((sum, one) => sum + one + GAP.length, -GAP.length);
  const shrinking = columns.findIndex(({ shrinks }) => shrinks);
  if (total > width && shrinking >= 0) {
    widths[shrinking] = Math.max(SMALLEST, widths[shrinking]! - (total - width));
  }
  const line = (cells: readonly string[]) =>
    ` ${columns.map((column, index) => cell(cells[index] ?? '', widths[index]!, column)).join(GAP)}`;
  return [line(columns.map(({ title }) => title)), ...rows.map(line)].map((one) =>
    fitLine(one.trimEnd(), width),
  );
}

function cell(text: string, width: number, { align, keepsEnd }: TableColumn): string {
  const fitted = keepsEnd ? fitMiddle(text, width) : fitLine(text, width);
  const space = ' '.repeat(Math.max(0, width - displayWidth(fitted)));
  return align === 'right' ? space + fitted : fitted + space;
}
