import { isJsonObject } from '../core/json.ts';
import { plainLine } from '../core/plain-text.ts';
import {
  type FailureContextSource,
  failedByVendor,
  failure,
  parsedOrUndefined,
} from './errors/failed-answer.ts';
import { errorInBody, looseError } from './errors/vendor-error.ts';
import { readAnswerExactly } from './exact-inputs.ts';
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
  const answer = isJsonObject(body) ? readAnswerExactly(format, body, text) : null;
  if (answer?.error) throw failedByVendor(answer.error, context());
  if (answer === null || (answer.texts.length === 0 && !answer.blocked)) {
    const said = looseError(body);
    if (said !== undefined) throw failedByVendor(said, context());
  }
  if (answer === null)
    throw failure('response_without_choice', 'the answer has no choice', context());
  return answer;
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
