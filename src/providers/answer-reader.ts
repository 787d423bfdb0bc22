import { isJsonObject } from '../core/json.ts';
import { plainLine } from '../core/plain-text.ts';
import { type FailureContext, failedByVendor, failure } from './errors/failed-answer.ts';
import { errorInBody } from './errors/vendor-error.ts';
import type { AnswerFormat, ReadAnswer } from './provider.ts';

/**
 * Reads the whole body of an answer with a good status.
 *
 * @throws CallError when it is empty, not JSON, holds an error, or has no choice.
 */
export function readWholeAnswer(
  text: string,
  format: AnswerFormat,
  context: FailureContext,
): ReadAnswer {
  const body = parse(text, context);
  const error = errorInBody(body);
  if (error !== undefined) throw failedByVendor(error, context);
  const answer = isJsonObject(body) ? format.readAnswer(body) : null;
  if (answer?.error) throw failedByVendor(answer.error, context);
  if (answer === null)
    throw failure('response_without_choice', 'the answer has no choice', context);
  return requireText(answer, context);
}

/**
 * Lets an answer pass if it has a choice, and a text unless the model chose to write none.
 *
 * @throws CallError `content_filtered` or `response_without_choice`.
 */
export function requireText(answer: ReadAnswer, context: FailureContext): ReadAnswer {
  const empty = answer.texts.every((text) => text === '');
  if (empty && (answer.blocked || answer.finishReason === 'content_filter')) {
    const reason = plainLine(answer.blocked ?? 'content_filter', 60);
    throw failure('content_filtered', `a content filter left no text (${reason})`, context);
  }
  if (answer.texts.length === 0) {
    throw failure('response_without_choice', 'the answer has no choice', context);
  }
  return answer;
}

function parse(text: string, context: FailureContext): unknown {
  if (!/\S/.test(text)) throw failure('response_empty', 'the answer is empty', context);
  try {
    return JSON.parse(text);
  } catch {
    const beginning = plainLine(context.redact(text.slice(0, 4096)), 120);
    throw failure('response_not_json', `the answer is not JSON: ${beginning}`, context);
  }
}
