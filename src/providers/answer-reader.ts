import { isJsonObject } from '../core/json.ts';
import { plainLine } from '../core/plain-text.ts';
import {
  type FailureContextSource,
  failedByVendor,
  failure,
  parsedOrUndefined,
} from './errors/failed-answer.ts';
import { errorInBody } from './errors/vendor-error.ts';
import type { AnswerFormat, ReadAnswer } from './provider.ts';
import { StreamReader } from './stream-reader.ts';

/** How a stream begins that was not asked for, or came under the name of JSON. */
const STREAM_BEGINNING = { events: /^\uFEFF?\s*(data|event|id|retry)?:/, lines: /^\s*\{/ };

/**
 * Reads the whole body of an answer with a good status. A stream is read, too, though none was asked
 * for: it has been paid.
 *
 * @throws CallError when it is empty, not JSON, holds an error, or has no choice.
 */
export function readWholeAnswer(
  text: string,
  format: AnswerFormat,
  context: FailureContextSource,
): ReadAnswer {
  const body = parsedOrUndefined(text);
  if (body === undefined) return requireText(readStream(text, format, context), context);
  const error = errorInBody(body);
  if (error !== undefined) throw failedByVendor(error, context());
  const answer = isJsonObject(body) ? format.readAnswer(body) : null;
  if (answer?.error) throw failedByVendor(answer.error, context());
  if (answer === null)
    throw failure('response_without_choice', 'the answer has no choice', context());
  return requireText(answer, context);
}

/**
 * Lets an answer pass if it has a choice, and a text unless the model chose to write none.
 *
 * @throws CallError `content_filtered`, `response_without_choice`, or `error_in_response` when the
 *   server says that it broke off.
 */
export function requireText(answer: ReadAnswer, context: FailureContextSource): ReadAnswer {
  if (answer.finishReason === 'error') {
    const partialText = answer.texts[0] || undefined;
    const message = 'the server broke off the answer by a fault of its own';
    throw failure('error_in_response', message, context(partialText));
  }
  const filtered = answer.blocked || answer.finishReason === 'content_filter';
  if (filtered && answer.texts.every((text) => text === '')) {
    const reason = plainLine(answer.blocked ?? 'content_filter', 60);
    throw failure('content_filtered', `a content filter left no text (${reason})`, context());
  }
  if (answer.texts.length === 0) {
    throw failure('response_without_choice', 'the answer has no choice', context());
  }
  return answer;
}

function readStream(text: string, format: AnswerFormat, context: FailureContextSource): ReadAnswer {
  if (!/\S/.test(text)) throw failure('response_empty', 'the answer is empty', context());
  if (STREAM_BEGINNING[format.streamFormat].test(text)) {
    const reader = new StreamReader(format, () => {}, context);
    reader.push(Buffer.from(text));
    const answer = reader.end();
    if (typeof answer !== 'string') return answer;
  }
  const known = context();
  const beginning = plainLine(known.redact(text.slice(0, 4096)), 120);
  throw failure('response_not_json', `the answer is not JSON: ${beginning}`, known);
}
