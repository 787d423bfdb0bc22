const DELIMITERS = [',', '\t', ';', '|'];

/**
 * The delimiter of a line of cells: what Excel's `sep=;` names, else the first that makes a line that
 * is expected, else the one that stands there most often, a comma where none does.
 */
export function delimiterOf(
  line: string,
  isExpected: (cells: readonly string[]) => boolean = () => false,
): string {
  const named = /^sep=(.)$/.exec(line.trim())?.[1];
  if (named !== undefined) return named;
  const counted = DELIMITERS.map((delimiter) => ({ delimiter, cells: cellsOf(line, delimiter) }));
  const expected = counted.find(({ cells }) => isExpected(cells));
  if (expected) return expected.delimiter;
  return counted.reduce((most, one) => (one.cells.length > most.cells.length ? one : most))
    .delimiter;
}

/** Splits a line roughly: a delimiter inside quotation marks is no delimiter. */
function cellsOf(line: string, delimiter: string): string[] {
  const cells = [''];
  let quoted = false;
  for (const character of line) {
    if (character === '"') quoted = !quoted;
    else if (character === delimiter && !quoted) cells.push('');
    else cells[cells.length - 1] += character;
  }
  return cells;
}
