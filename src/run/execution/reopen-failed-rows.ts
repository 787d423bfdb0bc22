import type { Journal, RowTable } from '../../store/index.ts';

/** Rows whose lines are written together. */
const AT_ONCE = 4096;

/**
 * Opens every row again that has failed. The journal says it before anything is asked: whatever comes then, no row is
 * failed and answered at once.
 *
 * @param onReopened told of each row
 * @returns how many there are
 * @throws TuttiError when the journal cannot be written
 */
export async function reopenFailedRows(
  journal: Journal,
  table: RowTable,
  onReopened: (row: number) => void,
): Promise<number> {
  let writing: Promise<unknown>[] = [];
  let reopened = 0;
  for (let row = 0; row < table.rowCount; row++) {
    if (table.stateOf(row) !== 'failed') continue;
    writing.push(journal.reopenRow(row).then(({ offset }) => table.reopenRow(row, offset)));
    onReopened(row);
    reopened++;
    if (writing.length < AT_ONCE) continue;
    await Promise.all(writing);
    writing = [];
  }
  await Promise.all(writing);
  return reopened;
}
