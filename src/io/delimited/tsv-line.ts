const NEEDS_QUOTES = /["\t\n\r]/;

/** Writes a row of TSV, with quotation marks where a cell has a tab, a line end or such a mark; null is an empty cell. */
export function tsvLine(cells: readonly (string | null)[]): string {
  const line = cells
    .map((cell) => {
      if (cell === null) return '';
      return NEEDS_QUOTES.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
    })
    .join('\t');
  // An empty line would be no row.
  return line === '' ? '""\n' : `${line}\n`;
}
