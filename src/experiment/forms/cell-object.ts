import { parseExactJson } from '../../core/exact-json.ts';

const PREFIX = 'parameters-';
const PARAMETERS = 'parameters';

/** Tells whether cells are the names of an experiment's columns. */
export function isHeader(cells: readonly string[]): boolean {
  return cells.includes('prompt');
}

/**
 * Makes a writer of the cells of these columns as a JSON object: a cell is a text as it is written, an empty one an
 * absent key. `parameters-NAME` becomes `NAME` of `parameters`. The cells of these, of a column `parameters`, and of
 * the columns `typed` are what they are as JSON, where they are wholly JSON.
 */
export function cellObjectWriter(
  columns: readonly string[],
  typed: readonly string[],
): (cells: readonly string[]) => string {
  const whole = columns.indexOf(PARAMETERS);
  const plan = columns.map((name, at) => {
    const isParameter = name.startsWith(PREFIX) && name.length > PREFIX.length;
    const key = isParameter ? name.slice(PREFIX.length) : name;
    const isTyped = isParameter || typed.includes(name);
    return { at, start: `${JSON.stringify(key)}:`, isParameter, isTyped };
  });
  const own = plan.filter(({ at, isParameter }) => !isParameter && at !== whole);
  const parameters = plan.filter(({ isParameter }) => isParameter);
  return (cells) => {
    const members = membersOf(own, cells);
    const given = parametersText(cells[whole] ?? '', membersOf(parameters, cells));
    if (given !== '') members.push(`"${PARAMETERS}":${given}`);
    return `{${members.join(',')}}`;
  };
}

interface PlannedColumn {
  readonly at: number;
  readonly start: string;
  readonly isTyped: boolean;
}

function membersOf(columns: readonly PlannedColumn[], cells: readonly string[]): string[] {
  const members: string[] = [];
  for (const { at, start, isTyped } of columns) {
    const cell = cells[at]!;
    if (cell === '') continue;
    members.push(start + ((isTyped ? jsonLine(cell) : null) ?? JSON.stringify(cell)));
  }
  return members;
}

/** The columns of single parameters come behind, so that they count before the same name in `parameters`. */
function parametersText(cell: string, members: readonly string[]): string {
  if (cell === '') return members.length === 0 ? '' : `{${members.join(',')}}`;
  const whole = jsonLine(cell) ?? JSON.stringify(cell);
  if (members.length === 0 || !whole.startsWith('{')) return whole;
  const before = whole.slice(0, -1).trimEnd();
  return `${before}${before.trimEnd() === '{' ? '' : ','}${members.join(',')}}`;
}

/** A cell that is wholly JSON as one line of it, with its digits; null for any other. */
function jsonLine(cell: string): string | null {
  try {
    return JSON.stringify(parseExactJson(cell));
  } catch {
    return null;
  }
}
