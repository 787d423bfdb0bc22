import { graphemes } from './display-width.ts';

const TAB_CELLS = 4;
/** A line of more characters than this is wrapped from a fixed point inside it. */
const BLOCK = 4096;

/**
 * Gives the last `rows` rows of a clean text wrapped at `width` cells, at spaces where there are any.
 * It looks no further back than it needs, so that a long text costs no more than a short one.
 */
export function wrapTail(text: string, width: number, rows: number): string[] {
  const wrapped: string[] = [];
  let end = text.length;
  while (end >= 0 && wrapped.length < rows) {
    const start = text.lastIndexOf('\n', end - 1) + 1;
    wrapped.unshift(...wrapLine(tailOfLine(text.slice(start, end), width, rows), width));
    if (start === 0) break;
    end = start - 1;
  }
  return wrapped.slice(-rows);
}

/** Wraps one clean line at `width` cells (at least 2); an empty line is one empty row. */
export function wrapLine(line: string, width: number): string[] {
  const limit = Math.max(2, width);
  const rows: string[] = [];
  let row = '';
  let used = 0;
  let space = -1;
  for (const [text, cells] of graphemes(expandTabs(line))) {
    if (used + cells > limit) {
      if (text === ' ') {
        rows.push(row);
        [row, used, space] = ['', 0, -1];
        continue;
      }
      const cut = space < 0 ? row.length : space;
      rows.push(row.slice(0, cut).trimEnd());
      row = row.slice(cut).trimStart();
      used = [...graphemes(row)].reduce((sum, [, width]) => sum + width, 0);
      space = -1;
    }
    row += text;
    used += cells;
    if (text === ' ') space = row.length;
  }
  rows.push(row);
  return rows;
}

/**
 * The end of a line that fills `rows` rows for sure. It begins at a multiple of a block, so that the
 * rows stay where they are while the line grows.
 */
function tailOfLine(line: string, width: number, rows: number): string {
  const needed = Math.max(BLOCK, width * rows * 2);
  if (line.length <= 2 * needed) return line;
  return line.slice(Math.floor((line.length - needed) / needed) * needed);
}

function expandTabs(line: string): string {
  return line.replaceAll('\t', ' '.repeat(TAB_CELLS));
}
