import { type Answer, ONLY_CALL } from '../../core/answer.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import {
  type CallMarks,
  type JournalEntry,
  type JournalSummary,
  type RowEnd,
  type RowTable,
  type RunFolder,
  readJournal,
} from '../../store/index.ts';

/**
 * Notes in the row table everything that the journal holds, and cuts off a torn last line.
 *
 * @param onAnswer told of every answer that belongs to a row of the table, and of what its line tells besides
 * @param onReopened told of every row whose failed answers count no longer
 * @param onRowEnd told of every end of a row of several calls
 * @returns undefined where a process ended before its first answer and left no journal
 */
export async function noteJournal(
  folder: RunFolder,
  table: RowTable,
  onAnswer: (answer: Answer, marks: CallMarks | null) => void,
  onReopened: (row: number) => void = () => {},
  onRowEnd: (row: number, end: RowEnd) => void = () => {},
): Promise<JournalSummary | undefined> {
  const note = (entry: JournalEntry, offset: number) => {
    if (!noteEntry(table, entry, offset)) return;
    if (entry.type === 'answer') onAnswer(entry.answer, entry.marks);
    else if (entry.type === 'reopened') onReopened(entry.row);
    else onRowEnd(entry.row, entry.end);
  };
  try {
    return await readJournal(folder.journal, note, { repair: true });
  } catch (error) {
    if (error instanceof TuttiError && error.code === 'file_missing') return undefined;
    throw error;
  }
}

/** Notes an entry of the journal; false if it belongs to no row, or to no call of a row of one call. */
export function noteEntry(table: RowTable, entry: JournalEntry, offset: number): boolean {
  const row = entry.type === 'answer' ? entry.answer.key.row : entry.row;
  if (row >= table.rowCount) return false;
  switch (entry.type) {
    case 'answer':
      if (table.isSingle(row) && !isOnlyCall(entry)) {
        if (!table.mayGrow(row) || hasEnded(table, row)) return false;
        table.grow(row);
      }
      if (!hasEnded(table, row)) table.addAnswer(row, offset, entry.answer.status === 'ok');
      return true;
    case 'row':
      if (table.isSingle(row)) return false;
      if (!hasEnded(table, row)) table.endRow(row, offset, entry.end.answer.status === 'ok');
      return true;
    case 'reopened':
      table.reopenRow(row, offset);
      return true;
  }
}

/** Its end is the last of its lines: one that stands behind it, which a damaged journal may have, is none of them. */
function hasEnded(table: RowTable, row: number): boolean {
  const state = table.stateOf(row);
  return state === 'answered' || state === 'failed';
}

function isOnlyCall({ answer, marks }: Extract<JournalEntry, { type: 'answer' }>): boolean {
  return marks === null && answer.key.name === ONLY_CALL;
}
