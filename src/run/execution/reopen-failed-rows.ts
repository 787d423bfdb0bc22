import { TuttiError } from '../../core/tutti-error.ts';
import type { Journal, RowTable, RunFolder } from '../../store/index.ts';
import type { ExecuteOptions } from './execute-options.ts';
import { RowEnds } from './row-ends.ts';

/** Rows whose lines are written together. */
const AT_ONCE = 4096;

/** A run whose failed rows are opened again. */
export interface ReopenedRun extends Pick<ExecuteOptions, 'forgetsOf' | 'isMeant'> {
  readonly folder: RunFolder;
  readonly journal: Journal;
  readonly table: RowTable;
}

/**
 * Opens every row again that has failed, of those that are meant. The journal says it before anything is asked: whatever comes then, no row is
 * failed and answered at once.
 *
 * @param onReopened told of each row
 * @returns how many there are
 * @throws TuttiError when the journal cannot be read or written
 */
export async function reopenFailedRows(
  { folder, journal, table, forgetsOf, isMeant }: ReopenedRun,
  onReopened: (row: number) => void,
): Promise<number> {
  await using closing = new AsyncDisposableStack();
  const ends = forgetsOf && (await RowEnds.open(folder, table));
  closing.defer(() => ends?.close());
  let writing: Promise<unknown>[] = [];
  let reopened = 0;
  for (let row = 0; row < table.rowCount; row++) {
    if (table.stateOf(row) !== 'failed' || isMeant?.(row) === false) continue;
    const end = ends === undefined || table.isSingle(row) ? null : await endOf(ends, row);
    const forgets = end === null ? [] : forgetsOf!(end);
    writing.push(
      journal.reopenRow(row, forgets).then(({ offset }) => table.reopenRow(row, offset)),
    );
    onReopened(row);
    reopened++;
    if (writing.length < AT_ONCE) continue;
    await Promise.all(writing);
    writing = [];
  }
  await Promise.all(writing);
  return reopened;
}

/** What cannot be read again forgets nothing. */
async function endOf(ends: RowEnds, row: number) {
  try {
    return await ends.of(row);
  } catch (error) {
    if (error instanceof TuttiError && error.code === 'file_unreadable') return null;
    throw error;
  }
}
