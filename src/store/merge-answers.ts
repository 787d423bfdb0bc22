import type { Answer, AnswerError } from '../core/answer.ts';
import { addUsage, UNKNOWN_USAGE, type Usage } from '../core/usage.ts';

/** How many calls a row has. */
export interface RowShape {
  readonly turns: number;
  readonly samples: number;
}

/** One text, the list of a call's choices, or null for a call without an answer. */
type CallResponse = string | readonly string[] | null;

/** The calls of a row as one answer. */
export interface MergedAnswer {
  /** The row's answer; its usage, cost, latency and attempts are sums over the calls. */
  readonly answer: Answer;
  /** By turn, by sample, or by sample and then turn; null when no call has an answer. */
  readonly response: readonly (CallResponse | readonly CallResponse[])[] | null;
}

/**
 * Sums up the answers to the calls of one row. It failed if any call did, or if one is missing.
 *
 * @param answers in the order in which they came; of several to one call the first one counts.
 * @param notSent says why a call is missing.
 */
export function mergeAnswers(
  row: number,
  shape: RowShape,
  answers: readonly Answer[],
  notSent: () => string,
): MergedAnswer {
  const calls = inCallOrder(shape, answers);
  const made = calls.filter((answer) => answer !== undefined);
  const error =
    made.find((answer) => answer.error !== null)?.error ??
    (made.length < calls.length ? notSentError(notSent()) : null);
  const first = made[0];
  const last = made.at(-1);
  const answer: Answer = {
    key: { row, turn: 0, sample: 0 },
    status: error === null ? 'ok' : 'error',
    texts: made.flatMap((answer) => answer.texts),
    error,
    model: last?.model ?? null,
    finishReason: last?.finishReason ?? null,
    usage: made.reduce<Usage>((sum, answer) => addUsage(sum, answer.usage), UNKNOWN_USAGE),
    costUsd: made.length === 0 ? null : sumOrNull(made.map((answer) => answer.costUsd)),
    latencyMs: made.reduce((sum, answer) => sum + answer.latencyMs, 0),
    firstTokenMs: first?.firstTokenMs ?? null,
    attempts: made.reduce((sum, answer) => sum + answer.attempts, 0),
    startedAt: first?.startedAt ?? '',
    requestId: last?.requestId ?? null,
    cached: made.length > 0 && made.every((answer) => answer.cached),
  };
  return { answer, response: mergedResponse(shape, calls) };
}

/** The error of a call that was never asked. */
export function notSentError(message: string): AnswerError {
  const nothing = { hint: null, httpStatus: null, partialText: null };
  return { code: 'not_sent', message, retryable: true, ...nothing };
}

function inCallOrder(shape: RowShape, answers: readonly Answer[]): (Answer | undefined)[] {
  const calls = new Array<Answer | undefined>(shape.turns * shape.samples).fill(undefined);
  for (const answer of answers) {
    const { turn, sample } = answer.key;
    if (turn < shape.turns && sample < shape.samples) {
      calls[sample * shape.turns + turn] ??= answer;
    }
  }
  return calls;
}

function mergedResponse(shape: RowShape, calls: readonly (Answer | undefined)[]) {
  const responses = calls.map(callResponse);
  if (responses.every((response) => response === null)) return null;
  if (shape.samples === 1 || shape.turns === 1) return responses;
  return Array.from({ length: shape.samples }, (_, sample) =>
    responses.slice(sample * shape.turns, (sample + 1) * shape.turns),
  );
}

function callResponse(answer: Answer | undefined): CallResponse {
  if (answer === undefined || answer.texts.length === 0) return null;
  return answer.texts.length === 1 ? answer.texts[0]! : answer.texts;
}

function sumOrNull(values: readonly (number | null)[]): number | null {
  return values.reduce((sum, value) => (sum === null || value === null ? null : sum + value), 0);
}
