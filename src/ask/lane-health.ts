import type { CallError } from '../core/call-error.ts';
import type { Clock, Random } from '../core/clock.ts';
import type { CallErrorCode } from '../core/error-catalogue.ts';
import { backoffMs, CALL_BACKOFF, isDue } from '../scheduler/index.ts';
import { AnswersSeen } from './answers-seen.ts';
import { EndpointKnowledge } from './endpoint-knowledge.ts';
import { askedToWait, usedUp } from './lane-end.ts';
import type { LaneWait } from './lane-status.ts';
import type { FailedTry, NextStep } from './next-step.ts';
import { Refusals } from './refusals.ts';
import { SameErrors } from './same-errors.ts';
import { ServerFailures } from './server-failures.ts';
import type { Work } from './work.ts';

/** Failures that show, without a status, that the server had begun to answer. */
const BEGUN_TO_ANSWER: ReadonlySet<CallErrorCode> = new Set([
  'response_truncated',
  'response_not_json',
  'response_empty',
  'response_without_choice',
  'response_too_large',
  'error_in_response',
  'stream_incomplete',
]);

const ANSWER: NextStep = { kind: 'answer' };

/** What the health of a lane is kept with. */
export interface LaneHealthOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** What earlier runs know of the endpoint; default: nothing. */
  readonly known?: EndpointKnowledge | undefined;
  /** Time for one attempt in milliseconds. */
  readonly timeoutMs: number;
  /** Longest time that the lane waits because its server asks it to; default for ever. */
  readonly maxWaitMs?: number | undefined;
  /** Equal final errors in a row that end the lane; default 0: any number. */
  readonly stopAfter?: number | undefined;
}

/** Keeps what a lane knows of its endpoint: how much it bears, and whether it works; decides after a failed try. */
export class LaneHealth {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #timeoutMs: number;
  readonly #maxWaitMs: number;
  readonly #known: EndpointKnowledge;
  readonly #answers = new AnswersSeen();
  readonly #failures: ServerFailures;
  readonly #refusals: Refusals;
  readonly #sameErrors: SameErrors;
  #said: string | null = null;

  constructor({ clock, random, known, timeoutMs, maxWaitMs, stopAfter }: LaneHealthOptions) {
    this.#clock = clock;
    this.#random = random;
    this.#timeoutMs = timeoutMs;
    this.#maxWaitMs = maxWaitMs ?? Number.POSITIVE_INFINITY;
    this.#known = known ?? new EndpointKnowledge();
    const context = { clock, random, known: this.#known, answers: this.#answers };
    this.#failures = new ServerFailures(context);
    this.#refusals = new Refusals(context, this.#maxWaitMs);
    this.#sameErrors = new SameErrors(stopAfter ?? 0);
  }

  /** Why no further call may start now; undefined when one may. */
  waitFor(inFlight: number): LaneWait | undefined {
    const { window, rate } = this.#known;
    return (
      this.#episodeWait(inFlight) ??
      this.#refusalWait() ??
      (window.allows(inFlight) && inFlight < rate.ceiling ? undefined : this.#fullWait(inFlight))
    );
  }

  /** True while one call at a time looks whether the server is back, and this look is for one that has not failed. */
  get looksAtNew(): boolean {
    return this.#failures.episode?.looksAtNew ?? false;
  }

  /** True when a call that waits for another try has no attempt left, and that is its own fault. */
  isSpent(work: Work, mostAttempts: number): boolean {
    return this.#failures.isSpent(work, mostAttempts);
  }

  /** Notes a call that is sent. @param inFlight calls in flight besides it */
  noteSent(work: Work, sentMs: number, inFlight: number): void {
    if (inFlight === 0) this.#known.rate.restart(sentMs);
    this.#failures.noteSent(work, sentMs);
  }

  /** Notes an answer. @param inFlight calls in flight, this one included */
  noteAnswered(work: Work, sentMs: number, inFlight: number): void {
    const nowMs = this.#clock.monotonicMs();
    const { window, rate } = this.#known;
    this.#known.reached = true;
    this.#known.hasAnswered = true;
    this.#answers.note(nowMs, sentMs);
    rate.noteAnswered(nowMs, inFlight, this.#timeoutMs, work.lastResult?.flowMs);
    this.#failures.noteWorking(work, sentMs, inFlight);
    if (this.#refusals.noteAnswered(work, sentMs)) window.noteAnswered(inFlight);
    this.#sameErrors.noteAnswered();
  }

  /** Notes that a call is not under way any more, however that ended. */
  noteGone(work: Work): void {
    this.#failures.episode?.noteGone(work);
  }

  /** Notes what a failed try says about the server (it was reached if it sent anything), and what follows from it. */
  nextStep(failed: FailedTry): NextStep {
    const next = this.#nextStep(failed);
    if (next.kind !== 'answer') return next;
    const last = this.#sameErrors.note(failed.error);
    return last === undefined ? next : { kind: 'end lane', state: 'failed', error: last };
  }

  #nextStep(failed: FailedTry): NextStep {
    const { work, error, sentMs, inFlight, mostAttempts } = failed;
    const { scope, code } = error;
    if (error.httpStatus !== null || BEGUN_TO_ANSWER.has(code)) this.#known.reached = true;
    if (code === 'timeout') this.#known.rate.noteTimeout(this.#clock.monotonicMs());
    this.#said = error.said;
    if (scope === 'outage') return this.#failures.nextStep(failed);
    if (scope === 'server') return this.#parkedBy(error) ?? this.#failures.nextStep(failed);
    // Whatever else it says, it works.
    if (error.httpStatus !== null || BEGUN_TO_ANSWER.has(code)) {
      this.#failures.noteWorking(work, sentMs, inFlight);
    }
    switch (scope) {
      case 'wait':
        return this.#refusals.nextStep(failed);
      case 'park':
        return { kind: 'end lane', state: 'parked', error: usedUp(error, this.#clock) };
      case 'lane':
        // A model that has answered exists: a 404 among answers is about this one call.
        return this.#known.hasAnswered && code === 'model_not_found'
          ? ANSWER
          : { kind: 'end lane', state: 'failed', error };
      case 'row':
        return ANSWER;
      case 'call': {
        work.attempts++;
        const toldMs = error.retryAfterMs ?? 0;
        if (!error.retryable || work.attempts >= mostAttempts) return ANSWER;
        if (toldMs > this.#maxWaitMs) return ANSWER;
        const waitMs = Math.max(backoffMs(CALL_BACKOFF, work.attempts, this.#random), toldMs);
        return { kind: 'again', dueMs: this.#clock.monotonicMs() + waitMs };
      }
    }
  }

  /** A server that is down for longer than the lane may wait, as it says itself. */
  #parkedBy(error: CallError): NextStep | undefined {
    const toldMs = error.retryAfterMs ?? 0;
    if (toldMs <= this.#maxWaitMs) return undefined;
    const untilMs = this.#clock.monotonicMs() + toldMs;
    const parked = askedToWait(error, this.#clock, untilMs, this.#maxWaitMs);
    return { kind: 'end lane', state: 'parked', error: parked };
  }

  /** While the server does not work one call at a time looks whether it does again. */
  #episodeWait(inFlight: number): LaneWait | undefined {
    const { episode } = this.#failures;
    if (episode === undefined) return undefined;
    const { trouble, sinceMs, isLooking, pauseUntilMs } = episode;
    const nowMs = this.#clock.monotonicMs();
    const canBeLetIn = isLooking && trouble === 'failing';
    if (canBeLetIn && isDue(episode.letInMs, nowMs)) {
      this.#failures.endEpisode(inFlight - 1);
      return undefined;
    }
    const untilMs = isLooking
      ? canBeLetIn
        ? episode.letInMs
        : Number.POSITIVE_INFINITY
      : pauseUntilMs;
    if (isDue(untilMs, nowMs)) return undefined;
    return { reason: trouble, untilMs, sinceMs, said: this.#said };
  }

  #refusalWait(): LaneWait | undefined {
    const { untilMs, sinceMs } = this.#refusals;
    if (untilMs === Number.NEGATIVE_INFINITY) return undefined;
    if (isDue(untilMs, this.#clock.monotonicMs())) return undefined;
    return { reason: 'back-off', untilMs, sinceMs: sinceMs ?? null, said: this.#said };
  }

  /** The endpoint has been asked for as much as it bears. */
  #fullWait(inFlight: number): LaneWait | undefined {
    const { window, rate } = this.#known;
    let untilMs = Number.POSITIVE_INFINITY;
    if (inFlight < rate.ceiling) {
      const nowMs = this.#clock.monotonicMs();
      untilMs = window.opensAtMs(nowMs);
      if (isDue(untilMs, nowMs) && window.allows(inFlight)) return undefined;
    }
    return { reason: 'in flight', untilMs, sinceMs: null, said: null };
  }
}
