import { CallError } from '../core/call-error.ts';
import type { Generation } from '../core/model.ts';
import { plainLine } from '../core/plain-text.ts';
import { type FailureContext, type FailureContextSource, failure } from './errors/failed-answer.ts';
import type { ReadAnswer } from './provider.ts';

/**
 * Says what is wrong with an answer that was read, and paid for, if no call can take it: `content_filtered`,
 * `response_without_choice`, `error_in_response` when the server says that it broke off, or what says that there is
 * nothing in it.
 *
 * @param textsWanted how many texts it must have; undefined: any number
 */
export function faultIn(
  answer: ReadAnswer,
  finishReason: string | null,
  textsWanted: number | undefined,
  context: FailureContextSource,
): CallError | undefined {
  const fault = faultOf(answer, context);
  if (fault !== undefined) return fault;
  const { length } = answer.texts;
  if (textsWanted !== undefined && length !== textsWanted) {
    const message = `there are ${length} embeddings of ${textsWanted} texts`;
    return failure('response_without_choice', message, context());
  }
  return isHollow(answer) ? hollow(finishReason, context()) : undefined;
}

function faultOf(answer: ReadAnswer, context: FailureContextSource): CallError | undefined {
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
function isHollow({ texts, choices = [] }: ReadAnswer): boolean {
  return (
    texts.every((text) => text === '') &&
    choices.every(({ toolCalls, media }) => toolCalls === undefined && media === undefined)
  );
}

/** The error of an answer in which there is nothing. */
function hollow(finishReason: string | null, context: FailureContext): CallError {
  return finishReason === 'length'
    ? failure('cut_before_text', 'the token limit was reached before the first word', context)
    : failure('empty_answer', 'the answer has no text, no tool call and no media', context);
}

/** The error of an answer that was paid for, which is kept as far as it goes. */
export function paidFor(error: CallError, { texts: _, requestId, ...paid }: Generation): CallError {
  return error.with({ paid, requestId: error.requestId ?? requestId ?? undefined });
}

/** The error of what should not have been thrown. */
export function unexpected(error: unknown): CallError {
  // The stack was not deep enough for a body that is lists within lists.
  if (error instanceof RangeError) {
    return new CallError('response_not_json', 'The answer is nested too deeply to be read');
  }
  const message = error instanceof Error ? error.message : String(error);
  return new CallError('internal', `The call failed in an unexpected way: ${message}`, {
    cause: error,
    hint: "A defect: of the program's own `onDelta`, if it threw this; else of tutti, please report it.",
  });
}
