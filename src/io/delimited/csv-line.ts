/** How cells are written. */
export interface CsvLineOptions {
  /**
   * Puts an apostrophe in front of texts that a spreadsheet would take for formulas (those that begin with `=`, `+`,
   * `-`, `@`, also in full width, a tab, a return or a line feed, and are no numbers). Default false: texts are exact.
   */
  readonly excelSafe?: boolean;
}

const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
const NUMBER = /^[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?$/i;
const NEEDS_QUOTES = /[",\n\r]/;

/** Writes a row of CSV (RFC 4180, line end LF); null is an empty cell. */
export function csvLine(
  cells: readonly (string | null)[],
  { excelSafe = false }: CsvLineOptions = {},
): string {
  const line = cells
    .map((cell) => {
      if (cell === null) return '';
      const text = excelSafe && FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell;
      return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    })
    .join(',');
  // An empty line would be no row.
  return line === '' ? '""\n' : `${line}\n`;
}
