import { parseExactJson } from '../../core/exact-json.ts';
import type { DatasetColumn, WriteCells } from '../../io/datasets/index.ts';

const PREFIX = 'parameters-';
const PARAMETERS = 'parameters';

/** Tells whether cells are the names of an experiment's columns. */
export function isHeader(cells: readonly string[]): boolean {
  return cells.includes('prompt');
}

/**
 * Makes a writer of the cells of these columns as a JSON object: a cell is a text as it is written, one that is not there
 * an absent key. `parameters-NAME` becomes `NAME` of `parameters`. The cells of these, of a column `parameters`, and of
 * the columns `typed` are what they are as JSON, where they are wholly JSON; those of columns of JSON always are.
 */
export function cellObjectWriter(
  columns: readonly DatasetColumn[],
  typed: readonly string[],
): WriteCells {
  const plan = columns.map(({ name, isJson }, at) => {
    const isParameter = name.startsWith(PREFIX) && name.length > PREFIX.length;
    const isTyped = isParameter || name === PARAMETERS || typed.includes(name);
    const key = isParameter ? name.slice(PREFIX.length) : name;
    const write = isJson ? asIs : isTyped ? jsonOrText : JSON.stringify;
    return { at, start: `${JSON.stringify(key)}:`, name, isParameter, write };
  });
  const own = plan.filter(({ name, isParameter }) => !isParameter && name !== PARAMETERS);
  const parameters = plan.filter(({ isParameter }) => isParameter);
  const whole = plan.find(({ name }) => name === PARAMETERS);
  return (cells) => {
    const members = membersOf(own, cells);
    const cell = whole === undefined ? null : (cells[whole.at] ?? null);
    const object = cell === null ? null : whole!.write(cell);
    const given = parametersText(object, membersOf(parameters, cells));
    if (given !== '') members.push(`"${PARAMETERS}":${given}`);
    return `{${members.join(',')}}`;
  };
}

interface PlannedColumn {
  readonly at: number;
  readonly start: string;
  readonly write: (cell: string) => string;
}

function membersOf(columns: readonly PlannedColumn[], cells: readonly (string | null)[]): string[] {
  const members: string[] = [];
  for (const { at, start, write } of columns) {
    const cell = cells[at] ?? null;
    if (cell !== null) members.push(start + write(cell));
  }
  return members;
}

/** The columns of single parameters come behind, so that they count before the same name in `parameters`. */
function parametersText(whole: string | null, members: readonly string[]): string {
  if (whole === null) return members.length === 0 ? '' : `{${members.join(',')}}`;
  if (members.length === 0 || !whole.startsWith('{')) return whole;
  const before = whole.slice(0, -1).trimEnd();
  return `${before}${before === '{' ? '' : ','}${members.join(',')}}`;
}

function asIs(cell: string): string {
  return cell;
}

function jsonOrText(cell: string): string {
  return jsonLine(cell) ?? JSON.stringify(cell);
}

/** A cell that is wholly JSON as one line of it, with its digits; null for any other. */
function jsonLine(cell: string): string | null {
  try {
    return JSON.stringify(parseExactJson(cell));
  } catch {
    return null;
  }
}
