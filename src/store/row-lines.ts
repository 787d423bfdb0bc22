import type { LinePages } from '../io/index.ts';
import { type JournalEntry, parseJournalLine, type RowEnd } from './journal-line.ts';

/** What the journal holds of one row of several calls. */
export interface RowLines {
  /** Answers in the order of their lines; of several to one call the last one. */
  readonly answers: readonly Extract<JournalEntry, { type: 'answer' }>[];
  /** Answers to other questions that were asked by the same names before: they were paid for, and do not count. */
  readonly replaced: RowLines['answers'];
  /** How the row has ended; null while it is open. */
  readonly end: RowEnd | null;
}

/**
 * Reads the lines of a row again. A line that was good when it was written and is not any more is left out.
 *
 * @param offsets the places of the row's lines in the order in which they came
 * @throws TuttiError when the journal cannot be read
 */
export async function readRowLines(
  journal: LinePages,
  row: number,
  offsets: readonly number[],
): Promise<RowLines> {
  const answers = new Map<string, RowLines['answers'][number]>();
  const replaced: RowLines['answers'][number][] = [];
  let end: RowEnd | null = null;
  for (const offset of offsets) {
    const parsed = parseJournalLine(await journal.line(offset));
    if (parsed.kind !== 'entry') continue;
    const { entry } = parsed;
    if (entry.type === 'answer' && entry.answer.key.row === row) {
      const { name } = entry.answer.key;
      const before = answers.get(name);
      if (before !== undefined && before.marks?.hash !== entry.marks?.hash) replaced.push(before);
      answers.delete(name);
      answers.set(name, entry);
    } else if (entry.type === 'row' && entry.row === row) end = entry.end;
    else if (entry.type === 'reopened' && entry.row === row) {
      end = null;
      for (const [name, { answer }] of answers) if (answer.status === 'error') answers.delete(name);
    }
  }
  return { answers: [...answers.values()], replaced, end };
}
