import type { Answer } from '../core/answer.ts';
import type { LinePages } from '../io/index.ts';
import { answerJson } from './answer-json.ts';
import { type JournalEntry, parseJournalLine } from './journal-entry.ts';
import { mergeAnswers, notSentError } from './merge-answers.ts';
import { recordText } from './record-text.ts';
import type { RowTable } from './row-table.ts';

/** A row with its answer. */
export interface BuiltRecord {
  /** One line of JSON, without its line end. */
  readonly text: string;
  readonly answer: Answer;
}

/** From what records are made. */
export interface RecordSources {
  readonly table: RowTable;
  readonly input: LinePages;
  readonly journal: LinePages;
  /** Says why calls of a row are missing. */
  readonly notSent: (row: number) => string;
}

/** Fields of a line of the journal as this version writes it. */
const ENVELOPE_FIELDS = 7;

/** Makes the record of a row. @throws TuttiError when one of the two files cannot be read. */
export async function buildRecord(sources: RecordSources, row: number): Promise<BuiltRecord> {
  const { table } = sources;
  const rowText = await sources.input.line(table.offsetOf(row));
  const first = table.firstEntryOf(row);
  if (table.callsOf(row) === 1 && first >= 0) {
    const line = await sources.journal.line(first);
    const { answer, envelope } = readEntry(line, row, first);
    const start = `{"v":1,"type":"answer","row":${row},"turn":0,"sample":0`;
    // The usual case: the end of the journal's line is the end of the record, byte for byte.
    if (Object.keys(envelope).length === ENVELOPE_FIELDS && isWrittenHere(line, start)) {
      return { text: recordText(rowText, line.slice(start.length)), answer };
    }
    const { response = null, answer: carried } = envelope;
    return { text: recordText(rowText, addition(response, JSON.stringify(carried))), answer };
  }
  const answers: Answer[] = [];
  for (const offset of table.entriesOf(row)) {
    answers.push(readEntry(await sources.journal.line(offset), row, offset).answer);
  }
  const shape = { turns: table.turnsOf(row), samples: table.samplesOf(row) };
  const { answer, response } = mergeAnswers(row, shape, answers, () => sources.notSent(row));
  return { text: recordText(rowText, addition(response, answerJson(answer))), answer };
}

function isWrittenHere(line: string, start: string): boolean {
  return line.startsWith(start) && line.startsWith(',"response":', start.length);
}

function addition(response: unknown, answer: string): string {
  return `,"response":${JSON.stringify(response)},"answer":${answer}}`;
}

/** A line that was good when it was written or first read, and is not any more, is an error of its row. */
function readEntry(line: string, row: number, offset: number): JournalEntry {
  const parsed = parseJournalLine(line);
  if (parsed.kind === 'answer' && parsed.entry.answer.key.row === row) return parsed.entry;
  const message = `The answer of row ${row} cannot be read again at byte ${offset} of the journal`;
  const key = { row, turn: 0, sample: 0 };
  const { answer } = mergeAnswers(row, { turns: 1, samples: 1 }, [], () => message);
  const error = { ...notSentError(message), code: 'internal', retryable: false } as const;
  const lost: Answer = { ...answer, key, error };
  return { answer: lost, envelope: { response: null, answer: JSON.parse(answerJson(lost)) } };
}
