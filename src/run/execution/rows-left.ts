import type { RowTable } from '../../store/index.ts';

/** How many rows have not ended, of those that are meant. @param isMeant default: all are */
export function rowsLeft(table: RowTable, isMeant?: (row: number) => boolean): number {
  const { rows, done } = table.totals();
  if (isMeant === undefined) return rows - done;
  let left = 0;
  for (let row = 0; row < rows; row++) {
    const state = table.stateOf(row);
    if ((state === 'open' || state === 'pending') && isMeant(row)) left++;
  }
  return left;
}
