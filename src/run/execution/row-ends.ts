import { mayHoldUnusualNumber, parseKeepingNumbers } from '../../core/exact-json.ts';
import { isJsonObject, type JsonObject } from '../../core/json.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { LinePages } from '../../io/index.ts';
import {
  ownFiles,
  parseJournalLine,
  type RowEnd,
  type RowTable,
  type RunFolder,
} from '../../store/index.ts';
import { endOfOnlyCall } from '../rows/row-outcome.ts';

const RESPONSE = ',"response":';
const ANSWER = ',"answer":{"status":';

/** Reads how the rows of a run have ended, as its journal tells. */
export class RowEnds {
  readonly #table: RowTable;
  readonly #journal: LinePages;

  private constructor(table: RowTable, journal: LinePages) {
    this.#table = table;
    this.#journal = journal;
  }

  /** @param table what is known of the run's journal. @throws TuttiError when the journal cannot be opened */
  static async open({ journal }: Pick<RunFolder, 'journal'>, table: RowTable): Promise<RowEnds> {
    return new RowEnds(table, await LinePages.open(journal, ownFiles(), { maxPages: 16 }));
  }

  /**
   * How a row has ended; null when it has not.
   *
   * @throws TuttiError `file_unreadable` when its line is not what it was
   */
  of(row: number): RowEnd | null | Promise<RowEnd | null> {
    const state = this.#table.stateOf(row);
    if (state === 'pending' || state === 'open') return null;
    const line = this.#journal.line(this.#table.lastLineOf(row));
    return typeof line === 'string' ? endIn(line, row) : line.then((text) => endIn(text, row));
  }

  async close(): Promise<void> {
    await this.#journal.close();
  }
}

function endIn(line: string, row: number): RowEnd {
  const parsed = parseJournalLine(line);
  if (parsed.kind !== 'entry' || parsed.entry.type === 'reopened') throw damaged(row);
  if (parsed.entry.type === 'answer') return endOfOnlyCall(parsed.entry.answer);
  return withExactNumbers(parsed.entry.end, line);
}

/** What came out has its numbers as they were written; those of the answer are the program's own. */
function withExactNumbers(end: RowEnd, line: string): RowEnd {
  if (end.notes === undefined) {
    const start = line.indexOf(RESPONSE);
    const stop = line.lastIndexOf(ANSWER);
    const written = line.slice(start + RESPONSE.length, stop);
    if (start < 0 || !mayHoldUnusualNumber(written)) return end;
  }
  const { response = null, notes } = parseKeepingNumbers(line) as JsonObject;
  return { ...end, result: response, ...(isJsonObject(notes) && { notes }) };
}

function damaged(row: number): TuttiError {
  return new TuttiError('file_unreadable', `the end of row ${row} cannot be read again`, {
    hint: 'Something has changed the journal of the run since it was opened.',
  });
}
