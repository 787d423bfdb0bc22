import { selectRows } from '../input/select-rows.ts';
import { type ComparisonTable, VERDICT_CODES } from '../table/comparison-table.ts';

/**
 * The table with one row a verdict: a verdict that is not sure stands in two rows of one observation
 * (column `ranking`), one for each side with its weight, and says what the heavier one says.
 */
export function wholeVerdicts(table: ComparisonTable): ComparisonTable {
  const ranking = table.groups.ranking?.ids;
  if (!ranking || table.weight === null) return table;
  const lighter = new Uint8Array(table.rows);
  let found = false;
  for (let row = 1; row < table.rows; row++) {
    if (!isOtherHalf(table, ranking, row)) continue;
    lighter[table.weight[row]! > table.weight[row - 1]! ? row - 1 : row] = 1;
    found = true;
  }
  if (!found) return table;
  const keep = (row: number) => lighter[row] === 0;
  return selectRows(table, { bothBad: 'loss', minComparisons: 0, keep }).table;
}

/** Tells whether a row says the opposite of the row before, about the same two items. */
function isOtherHalf(table: ComparisonTable, ranking: Uint32Array, row: number): boolean {
  return (
    ranking[row] === ranking[row - 1] &&
    table.left[row] === table.left[row - 1] &&
    table.right[row] === table.right[row - 1] &&
    table.verdict[row - 1] === VERDICT_CODES.left &&
    table.verdict[row] === VERDICT_CODES.right
  );
}
