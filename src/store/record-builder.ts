import { type Answer, ONLY_CALL } from '../core/answer.ts';
import type { JsonObject, JsonValue } from '../core/json.ts';
import type { LinePages } from '../io/index.ts';
import { answerJson } from './answer-json.ts';
import {
  onlyAnswerStart,
  parseJournalLine,
  type RowEnd,
  rowEndStart,
  rowEndStartIn,
} from './journal-line.ts';
import { endAsWritten } from './own-line.ts';
import { freeInputKey, recordText } from './record-text.ts';
import { type RowLines, readRowLines } from './row-lines.ts';
import { notSentError, RowSums } from './row-sums.ts';
import type { RowTable } from './row-table.ts';
import { renameTopLevelKeys } from './top-level-keys.ts';

/** The record of a row. */
export interface BuiltRecord {
  /** One line of JSON, without its line end. */
  readonly text: string;
  readonly failed: boolean;
  /** True when the answer was saved and cannot be read again. */
  readonly lost: boolean;
}

/** From what records are made. */
export interface RecordSources {
  readonly table: RowTable;
  readonly input: LinePages;
  readonly journal: LinePages;
  /** Says why calls of a row are missing. */
  readonly notSent: (row: number) => string;
  /** What a row of several calls that has no result shows of the answers it has; default null. */
  readonly responseOf?:
    | ((row: number, text: string, answers: readonly Answer[]) => JsonValue)
    | undefined;
}

/** Fields of a line as this version writes it, for a row's only call and for a row's end. */
const ONLY_FIELDS = 7;
const END_FIELDS = 6;

/**
 * Makes the record of a row, at once when what it needs is in memory.
 *
 * @throws TuttiError when one of the two files cannot be read, as a rejection
 */
export function buildRecord(
  sources: RecordSources,
  row: number,
): BuiltRecord | Promise<BuiltRecord> {
  const { table, input, journal } = sources;
  const rowText = input.line(table.offsetOf(row));
  if (table.stateOf(row) !== 'answered') return parsedRecord(sources, row, rowText);
  const line = journal.line(table.lastLineOf(row));
  const copied =
    typeof rowText === 'string' && typeof line === 'string'
      ? copiedRecord(rowText, line, row, table.isSingle(row))
      : undefined;
  return copied ?? parsedRecord(sources, row, rowText, line);
}

/** The usual case: a line that is as this version writes it is copied without being understood. */
function copiedRecord(
  rowText: string,
  line: string,
  row: number,
  single: boolean,
): BuiltRecord | undefined {
  const start = single ? onlyAnswerStart(row) : rowEndStartIn(line, row);
  if (start === undefined || !line.startsWith(start)) return undefined;
  const end = endAsWritten(line, start.length);
  if (end === undefined) return undefined;
  const text = recordText(rowText, `${line.slice(start.length, end)}}`);
  return { text, failed: false, lost: false };
}

async function parsedRecord(
  sources: RecordSources,
  row: number,
  rowTextOf: string | Promise<string>,
  lineOf?: string | Promise<string>,
): Promise<BuiltRecord> {
  const { table, journal } = sources;
  const [rowText, known] = await Promise.all([rowTextOf, lineOf]);
  const last = table.lastLineOf(row);
  const state = table.stateOf(row);
  if (state === 'answered' || (table.isSingle(row) && state === 'failed')) {
    const line = known ?? (await journal.line(last));
    const record = table.isSingle(row)
      ? ofOnlyCall(rowText, line, row)
      : ofRowEnd(rowText, line, row);
    if (record !== undefined) return record;
    return { ...recordOf(rowText, null, lostAnswer(row, last)), lost: state === 'answered' };
  }
  const lines = await readRowLines(journal, row, table.linesOf(row));
  if (lines.end?.notes !== undefined || (lines.end !== null && lines.end.result !== null)) {
    const { result, notes = {} } = lines.end;
    const envelope = { response: result, answer: JSON.parse(answerJson(lines.end.answer)) };
    return notedRecord(rowText, { ...lines.end, notes }, envelope);
  }
  const answer = lines.end?.answer ?? openAnswer(sources, row, lines, state === 'failed');
  const answers = lines.answers.map((entry) => entry.answer);
  const response =
    answers.length === 0 ? null : (sources.responseOf?.(row, rowText, answers) ?? null);
  return recordOf(rowText, response, answer);
}

function ofOnlyCall(rowText: string, line: string, row: number): BuiltRecord | undefined {
  const parsed = parseJournalLine(line);
  if (parsed.kind !== 'entry' || parsed.entry.type !== 'answer') return undefined;
  const { answer, envelope } = parsed.entry;
  if (answer.key.row !== row) return undefined;
  return sliced(rowText, line, onlyAnswerStart(row), ONLY_FIELDS, { answer, envelope });
}

function ofRowEnd(rowText: string, line: string, row: number): BuiltRecord | undefined {
  const parsed = parseJournalLine(line);
  if (parsed.kind !== 'entry' || parsed.entry.type !== 'row' || parsed.entry.row !== row) {
    return undefined;
  }
  const { end, envelope } = parsed.entry;
  const found = { answer: end.answer, envelope };
  if (end.notes !== undefined) return notedRecord(rowText, end, envelope);
  return sliced(rowText, line, rowEndStart(row, end.wallMs), END_FIELDS, found);
}

/** What the workflow noted stands behind the answer; a key of the row that is called like it makes room. */
function notedRecord(rowText: string, { answer, notes = {} }: RowEnd, envelope: JsonObject) {
  const row = renameTopLevelKeys(rowText, (key, all) =>
    Object.hasOwn(notes, key) ? freeInputKey(key, all) : key,
  );
  const { response = null, answer: carried } = envelope;
  const content = addition(response, JSON.stringify(carried)).slice(0, -1);
  const added = Object.entries(notes)
    .filter(([name]) => name !== 'response' && name !== 'answer')
    .map(([name, value]) => `,${JSON.stringify(name)}:${JSON.stringify(value)}`);
  return recordWith(row, `${content}${added.join('')}}`, answer);
}

/** The end of a line as this version writes it is the end of the record, byte for byte. */
function sliced(
  rowText: string,
  line: string,
  start: string,
  fields: number,
  { answer, envelope }: { readonly answer: Answer; readonly envelope: JsonObject },
): BuiltRecord {
  const isWrittenHere = line.startsWith(start) && line.startsWith(',"response":', start.length);
  const end = typeof envelope.id === 'string' ? `,"id":${JSON.stringify(envelope.id)}}` : '}';
  const keys = Object.keys(envelope).length - (envelope.id === undefined ? 0 : 1);
  if (isWrittenHere && keys === fields && line.endsWith(end)) {
    return recordWith(rowText, `${line.slice(start.length, line.length - end.length)}}`, answer);
  }
  const { response = null, answer: carried } = envelope;
  return recordWith(rowText, addition(response, JSON.stringify(carried)), answer);
}

function recordOf(rowText: string, response: JsonValue, answer: Answer): BuiltRecord {
  return recordWith(rowText, addition(response, answerJson(answer)), answer);
}

function recordWith(rowText: string, added: string, answer: Answer): BuiltRecord {
  const failed = answer.status === 'error';
  return { text: recordText(rowText, added), failed, lost: false };
}

function addition(response: JsonValue, answer: string): string {
  return `,"response":${JSON.stringify(response)},"answer":${answer}}`;
}

/** The sums of a row that has no end: it was not sent whole, or its end cannot be read again. */
function openAnswer(
  { notSent, table }: RecordSources,
  row: number,
  { answers, replaced }: RowLines,
  ended: boolean,
): Answer {
  if (ended) return lostAnswer(row, table.lastLineOf(row));
  const sums = new RowSums();
  for (const { answer } of [...replaced, ...answers]) sums.add(answer);
  const failed = answers.find(({ answer }) => answer.error !== null)?.answer.error;
  return sums.answer(row, failed ?? notSentError(notSent(row)));
}

/** A line that was good when it was written or first read, and is not any more, is an error of its row. */
function lostAnswer(row: number, offset: number): Answer {
  const message = `The answer of row ${row} cannot be read again at byte ${offset} of the journal`;
  const error = { ...notSentError(message), code: 'internal', retryable: false } as const;
  return { ...new RowSums().answer(row, error), key: { row, name: ONLY_CALL } };
}
