import type { CallErrorCode } from './error-catalogue.ts';
import type { Usage } from './usage.ts';

/** The name of a call inside its run: counted from 0. */
export interface CallKey {
  /** Number of the row in the experiment, malformed lines not counted. */
  readonly row: number;
  /** Number of the user turn, for a prompt that is a list of turns. */
  readonly turn: number;
  /** Number of the sample, where several completions need several requests. */
  readonly sample: number;
}

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
}
