import { type Answer, type AnswerError, answerError, type CallKey } from '../../core/answer.ts';
import { CallError } from '../../core/call-error.ts';
import { UNKNOWN_USAGE } from '../../core/usage.ts';
import type { RowSums } from '../../store/in-memory.ts';
import type { AskDeadline } from './ask-deadline.ts';

/** Where calls are asked from: a row's own workflow, or that of a composite model within it. */
export interface AskScope {
  /** Stands before the names of its calls: empty, or `members/2/`. */
  readonly prefix: string;
  /** The scope in which the composite was asked; null for the row's own. */
  readonly parent: AskScope | null;
  /** Sums of the answers that it was given; null for the row, which has all its lines. */
  readonly sums: RowSums | null;
  /** Ends a composite whose caller can do without it; null where it cannot. */
  readonly giveUp: ((error: AnswerError) => void) | null;
  /** By when all of its calls must have ended; null: any time. */
  readonly deadline: AskDeadline | null;
}

/** Where the calls of a row's own workflow are asked from. */
export const ROOT_SCOPE: AskScope = {
  prefix: '',
  parent: null,
  sums: null,
  giveUp: null,
  deadline: null,
};

/** Tells whether a scope is another one or lies within it. */
export function isWithin(scope: AskScope, outer: AskScope): boolean {
  for (let one: AskScope | null = scope; one !== null; one = one.parent) {
    if (one === outer) return true;
  }
  return false;
}

/** Gives the error that ended a lane to the nearest composite whose caller can do without it; false if there is none. */
export function giveUpComposite(scope: AskScope | null, error: AnswerError): boolean {
  let one = scope;
  while (one !== null && one.giveUp === null) one = one.parent;
  one?.giveUp?.(error);
  return one !== null;
}

/** Why a call was ended that took longer than it may. */
export function deadlineError(allowedMs: number): CallError {
  const message =
    allowedMs > 0
      ? `no answer within ${Math.round(allowedMs) / 1000} s, waits and tries included`
      : 'not sent: the time of what it is a part of has passed';
  return new CallError('deadline_passed', message);
}

/** Why a call was ended that nobody waits for any more. */
export function cancelledError(): CallError {
  return new CallError('cancelled', 'cancelled: its answer is not needed any more');
}

/** The answer of a call that was cancelled before it came to a lane. */
export function cancelledAnswer(key: CallKey, wallMs: number, reason: CallError): Answer {
  return {
    key,
    status: 'error',
    texts: [],
    error: answerError(reason),
    model: null,
    finishReason: null,
    usage: UNKNOWN_USAGE,
    costUsd: null,
    latencyMs: 0,
    firstTokenMs: null,
    attempts: 0,
    startedAt: new Date(wallMs).toISOString(),
    requestId: null,
    cached: false,
  };
}
