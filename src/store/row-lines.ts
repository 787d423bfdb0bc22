import type { LinePages } from '../io/index.ts';
import { type JournalEntry, parseJournalLine, type RowEnd } from './journal-line.ts';

/** What the journal holds of one row of several calls. */
export interface RowLines {
  /** Answers in the order of their lines; of several to one call the last one. */
  readonly answers: readonly Extract<JournalEntry, { type: 'answer' }>[];
  /** Answers that were paid for and do not count: to other questions by the same names, and those that are forgotten. */
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
      const forgotten = new Set(entry.forgets);
      for (const [name, saved] of answers) {
        const hasFailed = saved.answer.status === 'error';
        if (!hasFailed && !isNamed(name, forgotten)) continue;
        if (!hasFailed) replaced.push(saved);
        answers.delete(name);
      }
    }
  }
  return { answers: [...answers.values()], replaced, end };
}

/** True for the calls of these names, and for what is behind them. */
function isNamed(name: string, names: ReadonlySet<string>): boolean {
  if (names.size === 0) return false;
  for (let end = name.indexOf('/'); end >= 0; end = name.indexOf('/', end + 1)) {
    if (names.has(name.slice(0, end))) return true;
  }
  return names.has(name);
}
