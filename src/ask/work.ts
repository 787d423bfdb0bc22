import { type Answer, answerError } from '../core/answer.ts';
import { CallError } from '../core/call-error.ts';
import type { Clock } from '../core/clock.ts';
import { UNKNOWN_USAGE } from '../core/usage.ts';
import type { Reservation } from '../scheduler/index.ts';
import type { AttemptResult } from './attempt.ts';
import type { Call } from './call.ts';

/** A call on its way to its answer. */
export interface Work {
  readonly call: Call;
  /** True for a call of a row that has begun. */
  readonly isAdded: boolean;
  /** Requests sent. */
  tries: number;
  /** Failed tries that count against the attempts allowed: others were answered meanwhile. */
  attempts: number;
  /** Failed tries of which it is not known yet whether the call or the server is at fault. */
  unsure: number;
  /** When it failed first of those times, or was last refused, and when that try was sent; monotonic, 0 before. */
  failedMs: number;
  failedSentMs: number;
  /** Times it was refused while others were answered, since its first refusal. */
  refusals: number;
  /** Its last refusal; undefined if it has had none. */
  lastRefusal: CallError | undefined;
  /** Wall time of the first try; 0 before. */
  startedWallMs: number;
  /** Monotonic time at which it was first tried or first had to wait; undefined before. */
  startedMs: number | undefined;
  /** How its last try ended; undefined before the first. */
  lastResult: AttemptResult | undefined;
  /** Monotonic time at which it may be tried again. */
  dueMs: number;
  /** Its share of the limiters, while it has one. */
  reservation: Reservation | undefined;
}

/** Wraps a call that has not been tried. */
export function newWork(call: Call, isAdded: boolean): Work {
  return {
    call,
    isAdded,
    tries: 0,
    attempts: 0,
    unsure: 0,
    failedMs: 0,
    failedSentMs: 0,
    refusals: 0,
    lastRefusal: undefined,
    startedWallMs: 0,
    startedMs: undefined,
    lastResult: undefined,
    dueMs: 0,
    reservation: undefined,
  };
}

/** Calls in the order in which they came; taking one, putting it back or taking it out costs the same for any number. */
export class WorkLine {
  readonly #works = new Map<Call, Work>();
  /** Goes through them once, also through those that come later: what is behind it has been taken. */
  #next = this.#works.values();
  /** The one that was put back. */
  #first: Work | undefined;

  get size(): number {
    return this.#works.size + (this.#first === undefined ? 0 : 1);
  }

  add(work: Work): void {
    this.#works.set(work.call, work);
  }

  take(): Work | undefined {
    const first = this.#first;
    this.#first = undefined;
    if (first !== undefined || this.#works.size === 0) return first;
    let { value: work } = this.#next.next();
    if (work === undefined) {
      // It has come to an end before these came, and would stay there.
      this.#next = this.#works.values();
      work = this.#next.next().value;
    }
    if (work !== undefined) this.#works.delete(work.call);
    return work;
  }

  /** Puts back the call that was taken last. */
  putBack(work: Work): void {
    this.#first = work;
  }

  /** Takes out a call from anywhere; undefined if it is not here. */
  remove(call: Call): Work | undefined {
    if (this.#first?.call === call) return this.take();
    const work = this.#works.get(call);
    this.#works.delete(call);
    return work;
  }

  /** Takes out everything. */
  clear(): Work[] {
    const first = this.#first === undefined ? [] : [this.#first];
    const works = [...first, ...this.#works.values()];
    this.#first = undefined;
    this.#works.clear();
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

/** Makes the answer of a call from its last try; one that was never tried starts when it ends. */
export function answerOf(work: Work, result: AttemptResult, clock: Clock): Answer {
  const { outcome } = result;
  const common = {
    key: work.call.key,
    latencyMs: result.latencyMs,
    firstTokenMs: result.firstTokenMs,
    attempts: work.tries,
    startedAt: new Date(work.startedWallMs || clock.wallMs()).toISOString(),
    requestId: outcome.requestId,
    cached: false,
  };
  if (outcome instanceof CallError) {
    const { paid } = outcome;
    return {
      ...common,
      status: 'error',
      texts: [],
      error: answerError(outcome),
      model: paid?.model ?? null,
      finishReason: paid?.finishReason ?? null,
      usage: paid?.usage ?? UNKNOWN_USAGE,
      costUsd: paid?.costUsd ?? null,
      details: paid?.details,
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
    details: outcome.details,
  };
}

/** Tries of a call before its error is its answer. */
export function mostAttempts({ call }: Work, { attempts }: { readonly attempts: number }): number {
  return call.attempts ?? attempts;
}
