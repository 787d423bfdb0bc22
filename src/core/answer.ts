import type { AnswerDetails } from './answer-details.ts';
import type { CallError } from './call-error.ts';
import type { ContextSize } from './context-size.ts';
import type { CallErrorCode } from './error-catalogue.ts';
import type { Usage } from './usage.ts';

/** Names a call inside its run. */
export interface CallKey {
  /** Number of the row, counted from 0, malformed lines not counted. */
  readonly row: number;
  /** What its workflow calls it, such as `critique/2`; `turn/0` for a row of one call. */
  readonly name: string;
}

/**
 * Names the call of a row's user turn and sample, both counted from 0: `turn/2`, and `sample/1/turn/2` for
 * every sample but the first.
 */
export function turnName(turn: number, sample: number): string {
  return sample === 0 ? `turn/${turn}` : `sample/${sample}/turn/${turn}`;
}

/** The name of a row's only call. */
export const ONLY_CALL = turnName(0, 0);

/** Why a call has no answer. */
export interface AnswerError {
  readonly code: CallErrorCode;
  readonly message: string;
  readonly hint: string | null;
  /** True when asking again later may help. */
  readonly retryable: boolean;
  readonly httpStatus: number | null;
  /** Text that had arrived before the failure; null if none. */
  readonly partialText: string | null;
  /** By how much a request was too long, where `code` is `context_too_long` and the server said it. */
  readonly context?: ContextSize | undefined;
}

/** A call's error as its answer has it. */
export function answerError(error: CallError): AnswerError {
  return {
    code: error.code,
    message: error.message,
    hint: error.hint ?? null,
    retryable: error.retryable,
    httpStatus: error.httpStatus,
    partialText: error.partialText,
    ...(error.context !== null && { context: error.context }),
  };
}

/** What came back from a call. Every call ends in exactly one. */
export interface Answer {
  readonly key: CallKey;
  readonly status: 'ok' | 'error';
  /** One text for each choice; empty when the call failed. */
  readonly texts: readonly string[];
  /** Present exactly when `status` is `error`. */
  readonly error: AnswerError | null;
  /** The model that answered, as the provider names it; null if it did not say. */
  readonly model: string | null;
  readonly finishReason: string | null;
  readonly usage: Usage;
  /** US dollars; null when unknown. */
  readonly costUsd: number | null;
  /** Duration of the last attempt in milliseconds, waiting not counted. */
  readonly latencyMs: number;
  /** Time to the first piece of text of the last attempt; null unless it was streamed. */
  readonly firstTokenMs: number | null;
  /** Requests sent; 0 for a call that was never sent. */
  readonly attempts: number;
  /** Start of the first attempt, ISO 8601 in UTC. */
  readonly startedAt: string;
  readonly requestId: string | null;
  /** True when it came from the cache and cost nothing. */
  readonly cached: boolean;
  /** What most answers do not have; undefined if it has none of it. */
  readonly details?: AnswerDetails | undefined;
  /** True of the error that ended its lane: it is kept nowhere, and asked again when the run goes on. */
  readonly laneEnded?: true | undefined;
}

/**
 * True when an answer has cost something, and nobody knows how much: a good one, or a failed one for which the provider
 * counted tokens.
 */
export function hasUnknownCost({ costUsd, status, usage }: Answer): boolean {
  if (costUsd !== null) return false;
  return status === 'ok' || (usage.input ?? 0) + (usage.output ?? 0) > 0;
}

/** True for an answer of which a choice was cut at the token limit, be it before its first word. */
export function isCut({ finishReason, details, error }: Answer): boolean {
  if (finishReason === 'length' || error?.code === 'cut_before_text') return true;
  return details?.choices?.some((choice) => choice.finishReason === 'length') ?? false;
}
