import { TuttiError } from '../../core/tutti-error.ts';
import type { Journal, RowEnd, RowTable, RunFolder } from '../../store/index.ts';
import type { ExecuteOptions } from './execute-options.ts';
import { RowEnds } from './row-ends.ts';

/** Rows whose lines are written together. */
const AT_ONCE = 4096;

/** A run whose failed rows are opened again. */
export interface ReopenedRun
  extends Pick<ExecuteOptions, 'forgetsOf' | 'bearsOnOthers' | 'isMeant'> {
  readonly folder: RunFolder;
  readonly journal: Journal;
  readonly table: RowTable;
}

/**
 * Opens every row again that has failed, of those that are meant, and before them all that were answered where one of these
 * bears on others. The journal says it before anything is asked: whatever comes then, no row is failed and answered at once.
 *
 * @param onReopened told of each row
 * @returns how many there are of both
 * @throws TuttiError when the journal cannot be read or written
 */
export async function reopenFailedRows(
  run: ReopenedRun,
  onReopened: (row: number) => void,
): Promise<number> {
  const { folder, table, forgetsOf, bearsOnOthers } = run;
  await using closing = new AsyncDisposableStack();
  const ends = (forgetsOf || bearsOnOthers) && (await RowEnds.open(folder, table));
  closing.defer(() => ends?.close());
  const failedEndOf = (row: number) =>
    ends === undefined || table.isSingle(row) ? null : endOf(ends, row);
  const others = await bearOnOthers(run, failedEndOf);
  const answered = others ? await reopen(run, 'answered', () => [], onReopened) : 0;
  const forgets = async (row: number) => {
    const end = await failedEndOf(row);
    return end === null ? [] : (forgetsOf?.(end) ?? []);
  };
  return answered + (await reopen(run, 'failed', forgets, onReopened));
}

async function bearOnOthers(
  { table, bearsOnOthers, isMeant }: ReopenedRun,
  endOf: (row: number) => Promise<RowEnd | null> | null,
): Promise<boolean> {
  if (bearsOnOthers === undefined) return false;
  for (let row = 0; row < table.rowCount; row++) {
    if (table.stateOf(row) !== 'failed' || isMeant?.(row) === false) continue;
    const end = await endOf(row);
    if (end === null || bearsOnOthers(end)) return true;
  }
  return false;
}

/** Opens the rows of a state; resolved when all lines are in the file. */
async function reopen(
  { journal, table, isMeant }: ReopenedRun,
  state: 'answered' | 'failed',
  forgets: (row: number) => readonly string[] | Promise<readonly string[]>,
  onReopened: (row: number) => void,
): Promise<number> {
  const isLeft = (row: number) =>
    state === 'failed' ? isMeant?.(row) === false : table.isSingle(row);
  let writing: Promise<unknown>[] = [];
  let reopened = 0;
  for (let row = 0; row < table.rowCount; row++) {
    if (table.stateOf(row) !== state || isLeft(row)) continue;
    const names = await forgets(row);
    writing.push(journal.reopenRow(row, names).then(({ offset }) => table.reopenRow(row, offset)));
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
async function endOf(ends: RowEnds, row: number): Promise<RowEnd | null> {
  try {
    return await ends.of(row);
  } catch (error) {
    if (error instanceof TuttiError && error.code === 'file_unreadable') return null;
    throw error;
  }
}
