import { displayWidth, fitLine, fitMiddle } from '../terminal/display-width.ts';
import type { Screen } from '../terminal/screen.ts';

/** A column of a table. */
export interface TableColumn {
  readonly title: string;
  readonly align: 'left' | 'right';
  /** True for a column that is cut when the table is too wide; of several, the widest first. */
  readonly shrinks?: boolean;
  /** True cuts its cells in the middle, for names that differ at their end. */
  readonly keepsEnd?: boolean;
}

const SMALLEST = 8;
const GAP = '  ';

/** Cells for a table: all but one of a terminal's, and no end where nobody looks at a screen. */
export function tableWidth(screen: Pick<Screen, 'isTerminal' | 'size'>): number {
  return screen.isTerminal ? screen.size().columns - 1 : 1_000;
}

/**
 * Renders a table of clean cells: title row first, one line each, no line wider than `width` as long as
 * the shrinking columns have room.
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
  shrink(columns, widths, total - width);
  const line = (cells: readonly string[]) =>
    ` ${columns.map((column, index) => cell(cells[index] ?? '', widths[index]!, column)).join(GAP)}`;
  return [line(columns.map(({ title }) => title)), ...rows.map(line)].map((one) =>
    fitLine(one.trimEnd(), width),
  );
}

/** Takes `excess` cells from the shrinking columns, each from the one that is the widest then. */
function shrink(columns: readonly TableColumn[], widths: number[], excess: number): void {
  const shrinking = [...columns.keys()].filter((index) => columns[index]!.shrinks);
  for (let left = excess; left > 0; left--) {
    const widest = shrinking.reduce(
      (a, b) => (widths[b]! > widths[a]! ? b : a),
      shrinking[0] ?? -1,
    );
    if (widest < 0 || widths[widest]! <= SMALLEST) return;
    widths[widest]!--;
  }
}

function cell(text: string, width: number, { align, keepsEnd }: TableColumn): string {
  const fitted = keepsEnd ? fitMiddle(text, width) : fitLine(text, width);
  const space = ' '.repeat(Math.max(0, width - displayWidth(fitted)));
  return align === 'right' ? space + fitted : fitted + space;
}
