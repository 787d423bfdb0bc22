import { plainText } from '../core/plain-text.ts';
import type { TableColumns } from './table-columns.ts';

/** What columns are looked at for. */
export interface ColumnDemands {
  /** Columns that are made, in order. */
  readonly made: readonly string[];
  /** Columns that templates need. */
  readonly needed: readonly string[];
  /** Rows of the table. */
  readonly rows: number;
  readonly overwrite: boolean;
  /** True: a row without a needed column is a mistake. */
  readonly refusesMissing: boolean;
  /** Columns of the output that are named elsewhere, with the flag that names them; default none. */
  readonly named?: readonly NamedColumn[] | undefined;
  /** True: rows get a column that names their model. */
  readonly makesModel: boolean;
}

/** A column that a flag names. */
export interface NamedColumn {
  readonly flag: string;
  readonly column: string;
}

/** Columns that are named in one message. */
const MOST_NAMED = 20;

/** Characters of a name that are shown. */
const MAX_SHOWN = 100;

/** Says what of a table does not fit what is done with it, a sentence each. */
export function columnProblems(columns: TableColumns, demands: ColumnDemands): readonly string[] {
  const { made, needed, rows, overwrite, refusesMissing, makesModel } = demands;
  const own = needed.filter((name) => made.includes(name) && !columns.has(name));
  const lacking = needed.filter((name) => !own.includes(name));
  const there = [...made, ...(makesModel ? ['model'] : [])].filter((name) => columns.has(name));
  return [
    ...own.map((name) => `the template has ${quoted(name)}, a column that this map makes itself`),
    ...(refusesMissing ? lacking.flatMap((name) => missingText(columns, name, rows)) : []),
    ...(overwrite ? [] : there.map(thereAlready)),
    ...(makesModel && made.includes('model')
      ? [
          'of several models a column "model" says which one a row is for: what comes out needs another name',
        ]
      : []),
    ...unknownNames(columns, demands),
  ];
}

function missingText(columns: TableColumns, name: string, rows: number): string[] {
  const missing = columns.missing(name);
  if (missing === null) return [];
  const known = columns.names.slice(0, MOST_NAMED).map(quoted).join(', ');
  const columnsThere = known === '' ? '; it has no column' : `; its columns are ${known}`;
  const others = missing.rows === rows ? columnsThere : '';
  return [
    `row ${missing.first + 1} has no column ${quoted(name)} (${missing.rows} of ${rows} rows)${others}`,
  ];
}

/** What is wrong with a flag that names a column which there is not. */
export function namesNoColumn({ flag, column }: NamedColumn): string {
  return `${flag} names ${quoted(column)}, which will be no column`;
}

function unknownNames(columns: TableColumns, { named = [], made, makesModel }: ColumnDemands) {
  const own = [...columns.names, ...made, ...(makesModel ? ['model'] : [])];
  return named.flatMap((one) => {
    if (own.includes(one.column)) return [];
    const known = own.slice(0, MOST_NAMED).map(quoted).join(', ');
    return [`${namesNoColumn(one)}; there are ${known}`];
  });
}

function thereAlready(name: string): string {
  return `the input has a column ${quoted(name)} already: --overwrite replaces it, and another name keeps both`;
}

/** A name as it is: white space at its ends is why many a column is not found. */
function quoted(name: string): string {
  const shown = name.length > MAX_SHOWN ? `${name.slice(0, MAX_SHOWN - 1)}…` : name;
  return JSON.stringify(plainText(shown.toWellFormed()));
}
