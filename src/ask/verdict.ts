import type { CallError } from '../core/call-error.ts';
import type { Random } from '../core/clock.ts';
import { backoffMs, CALL_BACKOFF } from '../scheduler/index.ts';

/** What happens after a failed try. */
export type Verdict =
  /** The error is the call's answer. */
  | { readonly kind: 'answer' }
  /** The same call again, after a while. */
  | { readonly kind: 'retry'; readonly delayMs: number }
  /** The endpoint wants everybody to wait. */
  | { readonly kind: 'wait' }
  /** The server cannot be reached. */
  | { readonly kind: 'outage' }
  /** No other call of the lane can succeed, for now or for good. */
  | { readonly kind: 'end lane'; readonly state: 'failed' | 'parked' };

/** What the verdict depends on, besides the error. */
export interface VerdictContext {
  /** Tries of this call so far that count, this one included. */
  readonly attempts: number;
  /** Tries allowed. */
  readonly mostAttempts: number;
  /** True once the lane has had an answer. */
  readonly laneHasAnswered: boolean;
  /** True while the lane waits for a server that could not be reached. */
  readonly serverIsAway: boolean;
  readonly random: Random;
}

/** Decides what follows from a failed try. */
export function judge(error: CallError, context: VerdictContext): Verdict {
  switch (error.scope) {
    case 'wait':
      return { kind: 'wait' };
    case 'outage':
      return { kind: 'outage' };
    case 'park':
      return { kind: 'end lane', state: 'parked' };
    case 'lane':
      // A model that has answered exists: a 404 among answers is about this one call.
      return context.laneHasAnswered && error.code === 'model_not_found'
        ? { kind: 'answer' }
        : { kind: 'end lane', state: 'failed' };
    case 'call': {
      // What resets connections between two refusals is not back yet.
      if (context.serverIsAway && error.code === 'connection_reset') return { kind: 'outage' };
      if (!error.retryable || context.attempts >= context.mostAttempts) return { kind: 'answer' };
      const ownMs = backoffMs(CALL_BACKOFF, context.attempts, context.random);
      return { kind: 'retry', delayMs: Math.max(ownMs, error.retryAfterMs ?? 0) };
    }
  }
}
