import type { Answer } from '../core/answer.ts';
import { CallError } from '../core/call-error.ts';
import { UNKNOWN_USAGE } from '../core/usage.ts';
import type { AttemptResult } from './attempt.ts';
import type { Call } from './call.ts';

/** A call on its way to its answer. */
export interface Work {
  readonly call: Call;
  /** Requests sent. */
  tries: number;
  /** Tries that count against the attempts allowed. */
  attempts: number;
  /** Wall time of the first try; 0 before it. */
  startedWallMs: number;
  /** Monotonic time of the first try. */
  startedMs: number;
  /** Monotonic time at which it may be tried again. */
  dueMs: number;
}

/** Wraps a call that has not been tried. */
export function newWork(call: Call): Work {
  return { call, tries: 0, attempts: 0, startedWallMs: 0, startedMs: 0, dueMs: 0 };
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
