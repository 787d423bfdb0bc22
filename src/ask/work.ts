import { type Answer, answerError } from '../core/answer.ts';
import { CallError } from '../core/call-error.ts';
import type { Clock } from '../core/clock.ts';
import { Linked, LinkedSet } from '../core/linked-set.ts';
import type { Generation } from '../core/model.ts';
import { UNKNOWN_USAGE } from '../core/usage.ts';
import type { Reservation } from '../scheduler/index.ts';
import type { Attempt, AttemptResult } from './attempt.ts';
import type { Call } from './call.ts';

/** A call on its way to its answer. */
export class Work extends Linked {
  readonly call: Call;
  /** True for a call of a row that has begun. */
  readonly isAdded: boolean;
  /** Requests sent. */
  tries = 0;
  /** Failed tries that count against the attempts allowed: others were answered meanwhile. */
  attempts = 0;
  /** Failed tries of which it is not known yet whether the call or the server is at fault. */
  unsure = 0;
  /** When it failed first of those times, or was last refused, and when that try was sent; monotonic, 0 before. */
  failedMs = 0;
  failedSentMs = 0;
  /** Times it was refused while others were answered, since its first refusal. */
  refusals = 0;
  /** Its last refusal; undefined if it has had none. */
  lastRefusal: CallError | undefined = undefined;
  /** Wall time of the first try; 0 before. */
  startedWallMs = 0;
  /** Monotonic time at which it was first tried or first had to wait; undefined before. */
  startedMs: number | undefined = undefined;
  /** How its last try ended; undefined before the first. */
  lastResult: AttemptResult | undefined = undefined;
  /** Monotonic time at which it may be tried again. */
  dueMs = 0;
  /** Its share of the limiters, while it has one. */
  reservation: Reservation | undefined = undefined;
  /** The try that is under way. */
  attempt: Attempt | undefined = undefined;

  constructor(call: Call, isAdded: boolean) {
    super();
    this.call = call;
    this.isAdded = isAdded;
    call.work = this;
  }
}

/** Calls in the order in which they came; taking one, putting it back or taking it out costs the same for any number. */
export class WorkLine {
  readonly #works = new LinkedSet<Work>();

  get size(): number {
    return this.#works.size;
  }

  add(work: Work): void {
    this.#works.add(work);
  }

  take(): Work | undefined {
    const { first } = this.#works;
    if (first !== undefined) this.#works.delete(first);
    return first;
  }

  /** Puts back the call that was taken last. */
  putBack(work: Work): void {
    this.#works.addFirst(work);
  }

  /** Takes out a call from anywhere; undefined if it is not here. */
  remove({ work }: Call): Work | undefined {
    return work !== undefined && this.#works.delete(work) ? work : undefined;
  }

  /** Takes out everything. */
  clear(): Work[] {
    const works = this.#works.all();
    for (const work of works) this.#works.delete(work);
    return works;
  }
}

/** True when a call would wait longer than this, from its first try or its first wait on, until a moment. */
export function waitsLonger(
  { startedMs }: Work,
  untilMs: number,
  longestMs: number = Number.POSITIVE_INFINITY,
): boolean {
  return untilMs - (startedMs ?? untilMs) > longestMs;
}

/** Stands for the last try of a call that has had none. */
export function untried(outcome: CallError): AttemptResult {
  return { outcome, latencyMs: 0, firstTokenMs: null, flowMs: 0 };
}

/** Stands for the last try of a call that is given up before its first: it would have to wait too long. */
export function notSent(waitMs: number): AttemptResult {
  const seconds = Math.ceil(waitMs / 1_000);
  const outcome = new CallError(
    'not_sent',
    `not sent: the endpoint asked to be left alone for another ${seconds} s`,
    { hint: 'Ask again later.' },
  );
  return untried(outcome);
}

let lastWallMs = Number.NaN;
let lastIsoTime = '';

/** Calls that come thick and fast begin in the same millisecond. */
function isoTime(wallMs: number): string {
  if (wallMs !== lastWallMs) {
    lastWallMs = wallMs;
    lastIsoTime = new Date(wallMs).toISOString();
  }
  return lastIsoTime;
}

/** The clock is no finer, and its further digits would take their place in every line. */
function toMicrosecond(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}

/** Makes the answer of a call from its last try; one that was never tried starts when it ends. */
export function answerOf(work: Work, result: AttemptResult, clock: Clock): Answer {
  const { outcome } = result;
  const failure = outcome instanceof CallError ? outcome : null;
  const told = failure === null ? (outcome as Generation) : failure.paid;
  return {
    key: work.call.key,
    status: failure === null ? 'ok' : 'error',
    texts: failure === null ? (outcome as Generation).texts : [],
    error: failure && answerError(failure),
    model: told?.model ?? null,
    finishReason: told?.finishReason ?? null,
    usage: told?.usage ?? UNKNOWN_USAGE,
    costUsd: told?.costUsd ?? null,
    latencyMs: toMicrosecond(result.latencyMs),
    firstTokenMs: result.firstTokenMs === null ? null : toMicrosecond(result.firstTokenMs),
    attempts: work.tries,
    startedAt: isoTime(work.startedWallMs || clock.wallMs()),
    requestId: outcome.requestId,
    cached: false,
    details: told?.details,
  };
}

/** Tries of a call before its error is its answer. */
export function mostAttempts({ call }: Work, { attempts }: { readonly attempts: number }): number {
  return call.attempts ?? attempts;
}
