import type { ComparisonTable } from '../table/comparison-table.ts';

/**
 * Marks with 1 each row that repeats an earlier one in everything: both items and their sides, the
 * verdict, and every group column (judge, prompt, day, …). The same verdict given on another day is
 * no duplicate where days are known. Rows without a value in a column are alike there.
 */
export function markDuplicates(table: ComparisonTable): Uint8Array {
  let numbers = new Float64Array(table.rows);
  const columns: (readonly [ArrayLike<number>, number])[] = [
    [table.left, table.items.length],
    [table.right, table.items.length],
    [table.verdict, 4],
    ...Object.values(table.groups).map(({ ids, count, known }) => {
      const one = known === undefined ? ids : ids.map((id) => Math.min(id, known));
      return [one, count] as const;
    }),
  ];
  const removed = new Uint8Array(table.rows);
  for (const [place, [column, count]] of columns.entries()) {
    const seen = new Map<number, number>();
    const next = new Float64Array(table.rows);
    for (let row = 0; row < table.rows; row++) {
      const key = numbers[row]! * count + column[row]!;
      const known = seen.get(key);
      next[row] = known ?? seen.size;
      if (known === undefined) seen.set(key, seen.size);
      else if (place === columns.length - 1) removed[row] = 1;
    }
    numbers = next;
  }
  return removed;
}
