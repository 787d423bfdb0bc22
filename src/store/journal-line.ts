import { type Answer, type CallKey, ONLY_CALL, turnName } from '../core/answer.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../core/json.ts';
import { answerJson, readAnswer, responseJson } from './answer-json.ts';

/** What a line tells of a call besides its answer, where a row may have several. */
export interface CallMarks {
  /** 64 bits of a hash of model and request, in hexadecimal. */
  readonly hash: string;
  /** Name of the lane in which it travelled. */
  readonly lane: string;
}

/** How a row of several calls, or of none, has ended. */
export interface RowEnd {
  /** What its workflow returned; of one that failed what it shows all the same, as a rule null. */
  readonly result: JsonValue;
  /** The sums of its calls; its error is the row's. */
  readonly answer: Answer;
  /** From its first call to its end in the process that ended it, in milliseconds. */
  readonly wallMs: number;
  /** Further keys of its record, behind `answer`; left out where there are none. */
  readonly notes?: JsonObject;
  /** The content of the line that says the same of `answer`, so that it is not written anew; left out where none does. */
  readonly lineOfAnswer?: string | undefined;
}

/** A line of the journal that was read back. */
export type JournalEntry =
  | {
      readonly type: 'answer';
      readonly answer: Answer;
      /** Null in a line of version 1: the row's only call, or one of an earlier version of tutti. */
      readonly marks: CallMarks | null;
      /** The whole line as it was written, with fields that this version does not know. */
      readonly envelope: JsonObject;
    }
  | {
      readonly type: 'row';
      readonly row: number;
      readonly end: RowEnd;
      readonly envelope: JsonObject;
    }
  /** The row's end and its failed answers count no longer, nor do good ones of the calls that `forgets` names. */
  | { readonly type: 'reopened'; readonly row: number; readonly forgets?: readonly string[] };

/** The newest version of a line that is understood. */
export const JOURNAL_VERSION = 2;

/** What a line of the journal turned out to be. */
export type ParsedJournalLine =
  | { readonly kind: 'entry'; readonly entry: JournalEntry }
  /** The id of the run that the journal belongs to. */
  | { readonly kind: 'run'; readonly id: string }
  | { readonly kind: 'other'; readonly type: string }
  /** Of a later version of tutti. */
  | { readonly kind: 'newer'; readonly version: number }
  | { readonly kind: 'corrupt'; readonly problem: string };

/** Writes the line that says to which run a journal belongs, its first unless it was begun by an earlier version. */
export function runLine(id: string): string {
  return `{"v":2,"type":"run","id":${JSON.stringify(id)}}`;
}

/**
 * Writes the journal's line of a row's only call, without its line end.
 *
 * @param id the row's; default none
 */
export function onlyAnswerLine(
  answer: Answer,
  id?: string,
  content = answerContent(answer),
): string {
  return `${onlyAnswerStart(answer.key.row)}${content}${endJson(id)}`;
}

/** What the line of a row's only call begins with; the rest is the end of its record, byte for byte. */
export function onlyAnswerStart(row: number): string {
  return `{"v":1,"type":"answer","row":${row},"turn":0,"sample":0`;
}

/** Writes the journal's line of one of a row's calls, without its line end. @param id the row's; default none */
export function answerLine(
  answer: Answer,
  { hash, lane }: CallMarks,
  id?: string,
  content = answerContent(answer),
): string {
  const { row, name } = answer.key;
  return (
    `{"v":2,"type":"answer","row":${row},"call":${JSON.stringify(name)},"hash":"${hash}"` +
    `,"lane":${JSON.stringify(lane)}${content}${endJson(id)}`
  );
}

/** Writes the journal's line of a row's end, without its line end. @param id the row's; default none */
export function rowEndLine(
  row: number,
  end: RowEnd,
  id?: string,
  content = endContent(end),
): string {
  const { wallMs, notes } = end;
  const noted = notes === undefined ? '' : `,"notes":${JSON.stringify(notes)}`;
  return `${rowEndStart(row, wallMs)}${content}${noted}${endJson(id)}`;
}

/**
 * Writes the journal's line that says that a row's end and its failed answers count no longer.
 *
 * @param forgets calls of which good answers count no longer either, nor those of calls whose names go on behind theirs
 *   (`rate/2`: `rate/2/again/1`)
 */
export function reopenedLine(row: number, forgets: readonly string[] = []): string {
  const names = forgets.length === 0 ? '' : `,"forgets":${JSON.stringify(forgets)}`;
  return `{"v":2,"type":"reopened","row":${row}${names}}`;
}

/** What the line of a row's end begins with; the rest is the end of its record, byte for byte. */
export function rowEndStart(row: number, wallMs: number): string {
  return `{"v":2,"type":"row","row":${row},"wall_ms":${wallMs}`;
}

/** What the line of a row's end that this version wrote begins with; undefined for any other. */
export function rowEndStartIn(line: string, row: number): string | undefined {
  const wall = /^[^}]*?"wall_ms":(\d{1,15}),/.exec(line)?.[1];
  return wall === undefined ? undefined : rowEndStart(row, Number(wall));
}

/** What the line of an answer has of it, which is what the record of a row's only call has. */
export function answerContent(answer: Answer): string {
  return contentJson(responseJson(answer), answer);
}

/** What the line of a row's end has of its result and its sums, which is what its record has. */
export function endContent({ result, answer, lineOfAnswer }: RowEnd): string {
  const response = JSON.stringify(result);
  if (lineOfAnswer === undefined) return contentJson(response, answer);
  // Within texts quotes have a backslash, and a line's response is made of texts: the first match is the key.
  return `,"response":${response}${lineOfAnswer.slice(lineOfAnswer.indexOf(',"answer":{'))}`;
}

function contentJson(response: string, answer: Answer): string {
  return `,"response":${response},"answer":${answerJson(answer)}`;
}

/** The row's id comes last, so that a journal can be read without its input. */
function endJson(id: string | undefined): string {
  return id === undefined ? '}' : `,"id":${JSON.stringify(id)}}`;
}

/** Reads one line of a journal; never throws. */
export function parseJournalLine(text: string): ParsedJournalLine {
  let envelope: unknown;
  try {
    envelope = JSON.parse(text);
  } catch {
    return corrupt('is not JSON');
  }
  if (!isJsonObject(envelope)) return corrupt('is not a JSON object');
  const { v, type } = envelope;
  if (Number.isInteger(v) && (v as number) > JOURNAL_VERSION) {
    return { kind: 'newer', version: v as number };
  }
  if (v !== 1 && v !== 2) return corrupt(`has version ${String(v)}`);
  if (typeof type !== 'string') return corrupt('has no type');
  if (v === 2 && type === 'reopened') {
    return parseReopened(envelope);
  }
  if (type === 'answer') return parseAnswer(envelope, v);
  if (type === 'run') return parseRun(envelope);
  return v === 2 && type === 'row' ? parseRowEnd(envelope) : { kind: 'other', type };
}

function parseRun({ id }: JsonObject): ParsedJournalLine {
  return typeof id === 'string' && id !== '' ? { kind: 'run', id } : corrupt('names no run');
}

function parseReopened({ row, forgets }: JsonObject): ParsedJournalLine {
  if (!isCount(row)) return corrupt('names no row');
  const names = Array.isArray(forgets) ? forgets.filter((name) => typeof name === 'string') : [];
  return entry({ type: 'reopened', row, ...(names.length > 0 && { forgets: names }) });
}

function parseAnswer(envelope: JsonObject, version: 1 | 2): ParsedJournalLine {
  const key = version === 1 ? turnKey(envelope) : namedKey(envelope);
  if (key === undefined) return corrupt('names no call');
  const answer = readStated(key, envelope);
  if (typeof answer === 'string') return corrupt(answer);
  const { hash, lane } = envelope;
  if (version === 1) return entry({ type: 'answer', answer, marks: null, envelope });
  if (typeof hash !== 'string' || typeof lane !== 'string') return corrupt('has no hash or lane');
  return entry({ type: 'answer', answer, marks: { hash, lane }, envelope });
}

function parseRowEnd(envelope: JsonObject): ParsedJournalLine {
  const { row, wall_ms: wallMs, response: result = null, notes } = envelope;
  if (!isCount(row)) return corrupt('names no row');
  const answer = readStated({ row, name: ONLY_CALL }, { ...envelope, response: null });
  if (typeof answer === 'string') return corrupt(answer);
  const end = {
    ...{ result, answer, wallMs: typeof wallMs === 'number' ? wallMs : 0 },
    ...(isJsonObject(notes) && { notes }),
  };
  return entry({ type: 'row', row, end, envelope });
}

/** Reads a line's answer, or says what is wrong with it. */
function readStated(key: CallKey, { answer, response }: JsonObject): Answer | string {
  if (!isJsonObject(answer)) return 'has no answer';
  if (answer.status !== 'ok' && answer.status !== 'error') return 'has no status';
  return readAnswer(key, response, answer);
}

function turnKey({ row, turn, sample }: JsonObject): CallKey | undefined {
  if (!isCount(row) || !isCount(turn) || !isCount(sample)) return undefined;
  return { row, name: turnName(turn, sample) };
}

function namedKey({ row, call }: JsonObject): CallKey | undefined {
  return isCount(row) && typeof call === 'string' ? { row, name: call } : undefined;
}

function entry(found: JournalEntry): ParsedJournalLine {
  return { kind: 'entry', entry: found };
}

function corrupt(problem: string): ParsedJournalLine {
  return { kind: 'corrupt', problem };
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
