import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import type { DelimitedRow } from '../delimited/index.ts';
import type { DatasetColumn, WriteCells, WrittenRow } from './written-row.ts';

/** How the rows of a table are written. */
interface TableOptions {
  /** How messages call the file. */
  readonly name: string;
  /** Says how cells of these columns become an object. */
  readonly cellsOf: (columns: readonly DatasetColumn[]) => WriteCells;
  /** True: an empty cell is an empty text. Default false: it is none. */
  readonly keepsEmptyCells?: boolean | undefined;
}

const MOST_TOLD = 20;
/** Names of columns in a message. */
const MOST_NAMED = 10;

/**
 * Writes the rows of CSV or TSV as objects.
 *
 * @throws TuttiError `bad_input` for a header that is none, and where the rest of a file cannot be read: then with what was
 *   wrong with rows before that, so that all is told at once
 */
export async function* tableRows(
  batches: AsyncIterable<readonly DelimitedRow[]>,
  { name, cellsOf, keepsEmptyCells = false }: TableOptions,
): AsyncGenerator<readonly WrittenRow[], void> {
  let table: Table | undefined;
  let count = 0;
  const cellOf = keepsEmptyCells ? (cell: string) => cell : cellOrNone;
  const problems: string[] = [];
  try {
    for await (const rows of batches) {
      const written: WrittenRow[] = [];
      for (const row of rows) {
        if (table === undefined) table = tableOf(row, name, cellsOf);
        else written.push(writtenRow(row, table, cellOf));
      }
      count += written.length;
      for (const { number, problem } of written) {
        if (problem === null || problems.length === MOST_TOLD) continue;
        problems.push(`${name}, line ${number}: the line ${problem}`);
      }
      yield written;
    }
  } catch (error) {
    throw withProblems(error, problems);
  }
  if (count === 0 && table?.hasReturn) throw withoutLineFeeds(name);
}

/** What the first line of a table says. */
interface Table {
  readonly write: WriteCells;
  /** Columns without a name, of which a spreadsheet writes several behind the others; where there is one, it is a column. */
  readonly nameless: ReadonlySet<number>;
  /** True where a name holds a carriage return: alone, it ends no line. */
  readonly hasReturn: boolean;
}

function tableOf(row: DelimitedRow, name: string, cellsOf: TableOptions['cellsOf']): Table {
  const blank = row.cells.flatMap((cell, at) => (cell === '' ? [at] : []));
  const nameless = new Set(blank.length > 1 ? blank : []);
  const cells = without(nameless, row.cells);
  const columns = columnsOf({ ...row, cells }, name);
  const write = cellsOf(columns.map((column) => ({ name: column, isJson: false })));
  return { write, nameless, hasReturn: cells.some((cell) => cell.includes('\r')) };
}

function writtenRow(
  { line, cells, problem }: DelimitedRow,
  { write, nameless }: Table,
  cellOf: (cell: string) => string | null,
) {
  const isStray =
    problem === null && nameless.size > 0 && [...nameless].some((at) => cells[at] !== '');
  const found = isStray ? 'has a cell in a column without a name' : problem;
  const text = found === null ? write(without(nameless, cells).map(cellOf)) : '';
  return { number: line, text, problem: found };
}

function without(left: ReadonlySet<number>, cells: readonly string[]): readonly string[] {
  return left.size === 0 ? cells : cells.filter((_, at) => !left.has(at));
}

function withoutLineFeeds(name: string): TuttiError {
  const what = 'its lines end in carriage returns alone, as old spreadsheets write them';
  return new TuttiError('bad_input', `${name} is one line: ${what}`, {
    hint: "Save it as CSV in UTF-8, or convert it: tr '\\r' '\\n'.",
  });
}

/** An empty cell of a text is none. */
function cellOrNone(cell: string): string | null {
  return cell === '' ? null : cell;
}

function columnsOf({ cells, line, problem }: DelimitedRow, name: string): readonly string[] {
  const refuse = (what: string) =>
    new TuttiError('bad_input', `${name}, line ${line}: ${what}`, {
      hint: 'The first line names the columns, each once.',
    });
  if (problem !== null) throw refuse(`the header ${problem}`);
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const cell of cells) (seen.has(cell) ? twice : seen).add(cell);
  if (twice.size === 0) return cells;
  const names = [...twice].slice(0, MOST_NAMED).map((one) => JSON.stringify(plainLine(one, 60)));
  const more = twice.size > names.length ? `, … (${twice.size} names in all)` : '';
  throw refuse(`more than one column is called ${names.join(', ')}${more}`);
}

function withProblems(error: unknown, problems: readonly string[]): unknown {
  if (!(error instanceof TuttiError) || problems.length === 0) return error;
  const { code, message, hint, cause } = error;
  return new TuttiError(code, [...problems, message].join('\n'), { hint, cause });
}
