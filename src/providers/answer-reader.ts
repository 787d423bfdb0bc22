import type { CallError } from '../core/call-error.ts';
import { isJsonObject } from '../core/json.ts';
import { plainLine } from '../core/plain-text.ts';
import {
  type FailureContextSource,
  failedByVendor,
  failure,
  parsedOrUndefined,
} from './errors/failed-answer.ts';
import { errorInBody, looseError } from './errors/vendor-error.ts';
import type { AnswerFormat, ReadAnswer } from './provider.ts';
import { StreamReader } from './stream-reader.ts';

/** How a stream begins that was not asked for, or came under the name of JSON. */
const STREAM_BEGINNING = { events: /^\uFEFF?\s*(data|event|id|retry|error)?:/, lines: /^\s*\{/ };
/** What some servers send, one line at a time, to keep a connection open until the answer is there. */
const COMMENTS = /^\uFEFF?(?:\s*:[^\n]*\n)+/;

/**
 * Reads the whole body of an answer with a good status. A stream is read, too, though none was asked
 * for: it has been paid.
 *
 * @param onEvent receives the events of a stream as they were written
 * @throws CallError when it is empty, not JSON, holds an error, or is no answer; what an answer may lack, `faultOf` says.
 */
export function readWholeAnswer(
  text: string,
  format: AnswerFormat,
  context: FailureContextSource,
  onEvent?: (data: string) => void,
): ReadAnswer {
  const body = parsedOrUndefined(text) ?? parsedOrUndefined(text.replace(COMMENTS, ''));
  if (body === undefined) return readStream(text, format, context, onEvent);
  const error = errorInBody(body);
  if (error !== undefined) throw failedByVendor(error, context());
  const answer = isJsonObject(body) ? format.readAnswer(body) : null;
  if (answer?.error) throw failedByVendor(answer.error, context());
  if (answer === null || (answer.texts.length === 0 && !answer.blocked)) {
    const said = looseError(body);
    if (said !== undefined) throw failedByVendor(said, context());
  }
  if (answer === null)
    throw failure('response_without_choice', 'the answer has no choice', context());
  return answer;
}

/**
 * Says what is wrong with an answer that was read, and paid for, if no call can take it: `content_filtered`,
 * `response_without_choice`, or `error_in_response` when the server says that it broke off.
 */
export function faultOf(answer: ReadAnswer, context: FailureContextSource): CallError | undefined {
  if (answer.finishReason === 'error') {
    const partialText = answer.texts[0] || undefined;
    const message = 'the server broke off the answer by a fault of its own';
    return failure('error_in_response', message, context(partialText));
  }
  if (answer.notText !== undefined) {
    const message = `the content of the answer is no text but ${answer.notText}`;
    return failure('response_without_choice', message, context(answer.texts[0] || undefined));
  }
  const filtered = answer.blocked || answer.finishReason === 'content_filter';
  if (filtered && isHollow(answer)) {
    const reason = plainLine(answer.blocked ?? answer.finishWord ?? 'content_filter', 60);
    return failure('content_filtered', `a content filter left no text (${reason})`, context());
  }
  if (answer.texts.length === 0) {
    return failure('response_without_choice', 'the answer has no choice', context());
  }
  return undefined;
}

/** True for an answer in which no choice has a text, a call of a tool, or media. */
export function isHollow({ texts, choices = [] }: ReadAnswer): boolean {
  return (
    texts.every((text) => text === '') &&
    choices.every(({ toolCalls, media }) => toolCalls === undefined && media === undefined)
  );
}

function readStream(
  text: string,
  format: AnswerFormat,
  context: FailureContextSource,
  onEvent: ((data: string) => void) | undefined,
): ReadAnswer {
  if (!/\S/.test(text)) throw failure('response_empty', 'the answer is empty', context());
  if (STREAM_BEGINNING[format.streamFormat].test(text)) {
    const reader = new StreamReader(format, { onText: () => {}, context, onEvent });
    reader.push(Buffer.from(text));
    const answer = reader.end();
    if (typeof answer !== 'string') return answer;
    if (answer.trim() === '') throw failure('response_empty', 'the answer is empty', context());
  }
  const known = context();
  const beginning = plainLine(known.redact(text.slice(0, 4096)), 120);
  throw failure('response_not_json', `the answer is not JSON: ${beginning}`, known);
}
