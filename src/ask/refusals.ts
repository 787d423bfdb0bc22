import type { CallError } from '../core/call-error.ts';
import { backoffMs, CALL_BACKOFF, LANE_BACKOFF } from '../scheduler/index.ts';
import { askedToWait, refusedSince } from './lane-end.ts';
import type { FailedTry, NextStep } from './next-step.ts';
import { sameWords } from './same-errors.ts';
import type { FailureContext } from './server-failures.ts';
import type { Work } from './work.ts';

/** Least wait where the server says how long: some round it down, to 0 even. */
const TOLD_BACKOFF = { firstMs: 100, longestMs: 5_000 };
/** Refusals after the first, while others are answered, that make it the call's own error. */
const MAX_REFUSALS = 5;
/** The same, where calls that were refused with the same words have been answered later: chance may be at work. */
const MAX_PASSING_REFUSALS = 20;
/** From so many on a refusal holds the call, and its lane no more. */
const OWN_REFUSALS = 2;
/** Different words that are remembered. */
const MAX_WORDS = 100;

/** What became of calls that were refused with the same words. */
interface Refused {
  /** One was answered later: waiting helps. */
  passes: boolean;
  /** One never was, while others were answered: it is about rows. */
  isAboutRows: boolean;
}

/**
 * What a lane does about refusals (429): all of it waits, as long as the server asks or longer and longer, and
 * fewer calls are in flight then. A refusal that only ever hits the same call while others are answered is about
 * that call: it waits by itself, and after some more it has its error.
 */
export class Refusals {
  readonly #context: FailureContext;
  readonly #maxWaitMs: number;
  readonly #words = new Map<string, Refused>();
  /** True while, since the last answer, only calls were refused that had been while others were answered. */
  #onlySuspects = true;
  #slowDowns = 0;
  /** When the current episode of slowing down began, and the one before it. */
  #setMs = Number.NEGATIVE_INFINITY;
  #setBeforeMs = Number.NEGATIVE_INFINITY;
  /** Nothing starts before. */
  untilMs = Number.NEGATIVE_INFINITY;
  /** When the first refusal came since the last answer. */
  sinceMs: number | undefined;

  /** @param maxWaitMs longest time that the lane waits for its server without an answer */
  constructor(context: FailureContext, maxWaitMs: number) {
    this.#context = context;
    this.#maxWaitMs = maxWaitMs;
  }

  /** Notes an answer; false when it is to a call sent before the last slow-down, and says nothing about the pace since. */
  noteAnswered(work: Work, sentMs: number): boolean {
    this.sinceMs = undefined;
    this.#onlySuspects = true;
    const isNew = sentMs >= this.#setMs;
    if (isNew) this.#slowDowns = 0;
    else if (sentMs >= this.#setBeforeMs) this.#slowDowns = Math.min(1, this.#slowDowns);
    if (work.lastRefusal !== undefined) this.#refusedWith(work.lastRefusal).passes = true;
    return isNew;
  }

  /** Says what follows from a refusal. */
  nextStep(failed: FailedTry): NextStep {
    const { work, error, sentMs } = failed;
    const nowMs = this.#context.clock.monotonicMs();
    const refused = this.#refusedWith(error);
    const othersAnswered = work.lastRefusal !== undefined && this.#context.answers.overtook(work);
    if (othersAnswered || (work.refusals > 0 && this.#onlySuspects)) work.refusals++;
    if (work.refusals === 0) this.#onlySuspects = false;
    work.lastRefusal = error;
    work.failedMs = nowMs;
    work.failedSentMs = sentMs;
    if (work.refusals >= (refused.passes ? MAX_PASSING_REFUSALS : MAX_REFUSALS)) {
      if (!refused.passes) refused.isAboutRows = true;
      return { kind: 'answer' };
    }
    const isOwn = refused.isAboutRows || (!refused.passes && work.refusals >= OWN_REFUSALS);
    return isOwn ? this.#holdCall(failed, nowMs) : this.#holdLane(failed, nowMs);
  }

  #holdCall({ work, error }: FailedTry, nowMs: number): NextStep {
    const toldMs = error.retryAfterMs ?? 0;
    if (toldMs > this.#maxWaitMs) return { kind: 'answer' };
    const ownMs = backoffMs(CALL_BACKOFF, work.refusals + 1, this.#context.random);
    return { kind: 'again', dueMs: nowMs + Math.max(ownMs, toldMs) };
  }

  /**
   * Calls that were sent before the last such word belong to the same episode: without a time of their own they
   * lengthen nothing.
   */
  #holdLane({ error, sentMs, inFlight }: FailedTry, nowMs: number): NextStep {
    const { retryAfterMs } = error;
    this.sinceMs ??= nowMs;
    const isNew = sentMs >= this.#setMs;
    if (isNew) {
      this.#context.known.window.noteTooFast(inFlight);
      this.#slowDowns++;
      this.#setBeforeMs = this.#setMs;
      this.#setMs = nowMs;
    }
    if (isNew || retryAfterMs !== null) {
      const backoff = retryAfterMs === null ? LANE_BACKOFF : TOLD_BACKOFF;
      const ownMs = backoffMs(backoff, Math.max(1, this.#slowDowns), this.#context.random);
      this.untilMs = Math.max(this.untilMs, nowMs + Math.max(ownMs, retryAfterMs ?? 0));
    }
    const parked = this.#parkedBy(error, nowMs);
    if (parked !== undefined) return { kind: 'end lane', state: 'parked', error: parked };
    return { kind: 'again', dueMs: this.untilMs };
  }

  /** The error of a lane that would have to wait for too long. */
  #parkedBy(error: CallError, nowMs: number): CallError | undefined {
    const { clock } = this.#context;
    if (this.untilMs - nowMs > this.#maxWaitMs) {
      return askedToWait(error, clock, this.untilMs, this.#maxWaitMs);
    }
    const sinceMs = this.sinceMs ?? nowMs;
    return nowMs - sinceMs > this.#maxWaitMs
      ? refusedSince(error, clock, sinceMs, this.#maxWaitMs)
      : undefined;
  }

  #refusedWith(error: CallError): Refused {
    const words = sameWords(error);
    const known = this.#words.get(words);
    if (known !== undefined) return known;
    const refused = { passes: this.#words.size >= MAX_WORDS, isAboutRows: false };
    if (!refused.passes) this.#words.set(words, refused);
    return refused;
  }
}
