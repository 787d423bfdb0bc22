import type { Answer } from '../core/answer.ts';
import { TuttiError } from '../core/tutti-error.ts';
import { LinePages, nodeFiles } from '../io/index.ts';
import {
  type JournalSummary,
  parseJournalLine,
  type RowTable,
  type RunFolder,
  readJournal,
} from '../store/index.ts';

/**
 * Notes in the row table every answer that the journal holds, and cuts off a torn last line.
 *
 * @param onAnswer told of every answer that belongs to a row of the table
 */
export async function readSavedAnswers(
  folder: RunFolder,
  table: RowTable,
  onAnswer: (answer: Answer) => void,
): Promise<JournalSummary | undefined> {
  try {
    return await readJournal(
      folder.journal,
      ({ answer }, offset) => {
        if (noteAnswer(table, answer, offset)) onAnswer(answer);
      },
      { repair: true },
    );
  } catch (error) {
    // A process that ended before its first answer left no journal.
    if (error instanceof TuttiError && error.code === 'file_missing') return undefined;
    throw error;
  }
}

/**
 * Notes an answer in the row table; false if it belongs to no call of it. After a turn that failed the
 * later turns of its sample are never asked.
 */
export function noteAnswer(table: RowTable, answer: Answer, journalOffset: number): boolean {
  const { row, turn, sample } = answer.key;
  if (row >= table.rowCount || turn >= table.turnsOf(row) || sample >= table.samplesOf(row)) {
    return false;
  }
  const ok = answer.status === 'ok';
  table.addEntry(row, journalOffset, ok, ok ? 1 : table.turnsOf(row) - turn);
  return true;
}

/** Reads the saved answers of single rows again, for those that were half-done. */
export class SavedAnswers {
  readonly #table: RowTable;
  readonly #path: string;
  #pages: Promise<LinePages> | undefined;

  constructor(folder: RunFolder, table: RowTable) {
    this.#path = folder.journal;
    this.#table = table;
  }

  async ofRow(row: number): Promise<Answer[]> {
    this.#pages ??= LinePages.open(this.#path, nodeFiles, { maxPages: 4 });
    const pages = await this.#pages;
    const answers: Answer[] = [];
    for (const offset of this.#table.entriesOf(row)) {
      const parsed = parseJournalLine(await pages.line(offset));
      if (parsed.kind === 'answer') answers.push(parsed.entry.answer);
    }
    return answers;
  }

  /** Never fails: that the journal cannot be opened was the error of `ofRow`. */
  async close(): Promise<void> {
    const pages = await this.#pages?.catch(() => undefined);
    await pages?.close();
  }
}
