import type { ComparisonTable } from '../table/comparison-table.ts';

/** Marks with 1 the rows beyond the first `most` of each combination of groups. */
export function capGroups(
  table: ComparisonTable,
  columns: readonly string[],
  most: number,
): Uint8Array {
  const groups = combined(table, columns);
  const counts = new Map<number, number>();
  const removed = new Uint8Array(table.rows);
  for (let row = 0; row < table.rows; row++) {
    const count = (counts.get(groups[row]!) ?? 0) + 1;
    counts.set(groups[row]!, count);
    if (count > most) removed[row] = 1;
  }
  return removed;
}

/** One number for each combination of groups, small however many columns there are. */
function combined(table: ComparisonTable, columns: readonly string[]): Float64Array {
  const numbers = new Float64Array(table.rows);
  for (const column of columns) {
    const { ids, count } = table.groups[column]!;
    const seen = new Map<number, number>();
    for (let row = 0; row < table.rows; row++) {
      const key = numbers[row]! * count + ids[row]!;
      let number = seen.get(key);
      if (number === undefined) {
        number = seen.size;
        seen.set(key, number);
      }
      numbers[row] = number;
    }
  }
  return numbers;
}
