import type { CallError } from '../core/call-error.ts';
import type { Work } from './work.ts';

/** A try that failed, and what is to be known of it. */
export interface FailedTry {
  readonly work: Work;
  readonly error: CallError;
  /** Monotonic time at which it was sent. */
  readonly sentMs: number;
  /** Calls of the lane in flight, this one included. */
  readonly inFlight: number;
  /** True when the lane has no other call to compare this one with: each of its tries counts. */
  readonly isOnlyCall: boolean;
  /** Tries allowed. */
  readonly mostAttempts: number;
}

/** No other call of the lane can succeed, for now or for good; the error says why. */
export interface LaneEnd {
  readonly kind: 'end lane';
  readonly state: 'failed' | 'parked';
  readonly error: CallError;
}

/** What happens after a failed try. */
export type NextStep =
  /** The error is the call's answer. */
  | { readonly kind: 'answer' }
  /** The same call again, at a monotonic time. */
  | { readonly kind: 'again'; readonly dueMs: number }
  | LaneEnd;
