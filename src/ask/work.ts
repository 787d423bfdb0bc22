import type { Answer } from '../core/answer.ts';
import { CallError } from '../core/call-error.ts';
import type { Clock } from '../core/clock.ts';
import { UNKNOWN_USAGE } from '../core/usage.ts';
import type { AttemptResult } from './attempt.ts';
import type { Call } from './call.ts';

/** A call on its way to its answer. */
export interface Work {
  readonly call: Call;
  /** True for one that follows from an answer: the next turn of a row that has begun. */
  readonly isFollowUp: boolean;
  /** Requests sent. */
  tries: number;
  /** Tries that count against the attempts allowed. */
  attempts: number;
  /** Wall time of the first try, or of giving up before it; 0 before. */
  startedWallMs: number;
  /** Monotonic time at which it was first tried or first had to wait; undefined before. */
  startedMs: number | undefined;
  /** How its last try ended; undefined before the first. */
  lastResult: AttemptResult | undefined;
  /** Monotonic time at which it may be tried again. */
  dueMs: number;
}

/** Wraps a call that has not been tried. */
export function newWork(call: Call, isFollowUp: boolean): Work {
  return {
    call,
    isFollowUp,
    tries: 0,
    attempts: 0,
    startedWallMs: 0,
    startedMs: undefined,
    lastResult: undefined,
    dueMs: 0,
  };
}

/** Stands for the last try of a call that is given up before its first: it would have to wait too long. */
export function notSent(work: Work, waitMs: number, clock: Clock): AttemptResult {
  work.startedWallMs = clock.wallMs();
  const seconds = Math.ceil(waitMs / 1_000);
  const outcome = new CallError(
    'not_sent',
    `not sent: the endpoint asked to be left alone for another ${seconds} s`,
    { hint: 'Ask again later.' },
  );
  return { outcome, latencyMs: 0, firstTokenMs: null };
}

/** Makes the answer of a call from its last try. */
export function answerOf(work: Work, result: AttemptResult): Answer {
  const { outcome } = result;
  const common = {
    key: work.call.key,
    latencyMs: result.latencyMs,
    firstTokenMs: result.firstTokenMs,
    attempts: work.tries,
    startedAt: new Date(work.startedWallMs).toISOString(),
    requestId: outcome.requestId,
    cached: false,
  };
  if (outcome instanceof CallError) {
    return {
      ...common,
      status: 'error',
      texts: [],
      error: {
        code: outcome.code,
        message: outcome.message,
        hint: outcome.hint ?? null,
        retryable: outcome.retryable,
        httpStatus: outcome.httpStatus,
        partialText: outcome.partialText,
      },
      model: null,
      finishReason: null,
      usage: UNKNOWN_USAGE,
      costUsd: null,
    };
  }
  return {
    ...common,
    status: 'ok',
    texts: outcome.texts,
    error: null,
    model: outcome.model,
    finishReason: outcome.finishReason,
    usage: outcome.usage,
    costUsd: outcome.costUsd,
  };
}
