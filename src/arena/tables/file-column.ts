import type { ComparisonTable, GroupColumn } from '../../ranking/index.ts';
import { type ComparisonFileReport, shortFileName } from '../votes/index.ts';

/** The column that says from which file a row came; every table can have it. */
export const FILE_COLUMN = 'file';

/** Adds the column `file` to a table whose rows stand in the order of its files. */
export function withFileColumn(
  table: ComparisonTable,
  files: readonly ComparisonFileReport[],
): ComparisonTable {
  const ids = new Uint32Array(table.rows);
  let row = 0;
  for (const [id, { rows }] of files.entries()) {
    ids.fill(id, row, row + rows);
    row += rows;
  }
  const names = shortNames(files.map(({ name }) => name));
  const column: GroupColumn = { ids, count: files.length, names };
  return { ...table, groups: { ...table.groups, [FILE_COLUMN]: column } };
}

/** File names without folders and endings; the full ones where those would be the same. */
export function shortNames(paths: readonly string[]): string[] {
  const short = paths.map(shortFileName);
  return short.map((name, at) =>
    short.indexOf(name) === short.lastIndexOf(name) ? name : paths[at]!,
  );
}
