import type { CallError } from '../core/call-error.ts';
import type { Clock, Random } from '../core/clock.ts';
import type { CallErrorCode } from '../core/error-catalogue.ts';
import { backoffMs, LANE_BACKOFF } from '../scheduler/index.ts';
import type { LaneWait } from './lane-status.ts';
import { Pace } from './pace.ts';
import { judge, type Verdict } from './verdict.ts';

/** A lane that never reached its server gives up after this long. */
const FIRST_CONTACT_MS = 1_500;
/** A lane that had reached its server waits this long for it to come back. */
const LONGEST_OUTAGE_MS = 120_000;
const OUTAGE_BACKOFF = { firstMs: 500, longestMs: 10_000 };
/** Least wait where the server says how long: some round it down, to 0 even. */
const TOLD_BACKOFF = { firstMs: 100, longestMs: 60_000 };

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

/** What is known of an endpoint's model beyond one run: whether it was reached, and the pace that it bears. */
export class EndpointKnowledge {
  readonly pace = new Pace();
  reached = false;
  hasAnswered = false;
}

/** Keeps what a lane knows of its endpoint: is it reached, is it asking to slow down. */
export class LaneHealth {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #known: EndpointKnowledge;
  #slowDowns = 0;
  /** When the current episode of slowing down began, and the one before it. */
  #slowDownSetMs = Number.NEGATIVE_INFINITY;
  #slowDownBeforeMs = Number.NEGATIVE_INFINITY;
  #slowUntilMs = Number.NEGATIVE_INFINITY;
  #outageSinceMs: number | undefined;
  #outageFailures = 0;
  #outagePauseUntilMs = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock, random: Random, known: EndpointKnowledge) {
    this.#clock = clock;
    this.#random = random;
    this.#known = known;
  }

  /** Why no further call may start now; undefined when one may. */
  waitFor(inFlight: number): LaneWait | undefined {
    const untilMs = inFlight > 0 ? Number.POSITIVE_INFINITY : this.#outagePauseUntilMs;
    if (this.#inOutage && untilMs > this.#clock.monotonicMs()) {
      return { reason: 'unreachable', untilMs };
    }
    // The endpoint has been asked for as much as it bears.
    return this.#known.pace.allows(inFlight)
      ? undefined
      : { reason: 'in flight', untilMs: Number.POSITIVE_INFINITY };
  }

  /** While the server is away one call at a time looks whether it is back. */
  get #inOutage(): boolean {
    return this.#outageSinceMs !== undefined;
  }

  /** When the next look is due. */
  get outagePauseUntilMs(): number {
    return this.#outagePauseUntilMs;
  }

  /** Notes what a failed try says about the server (it was reached if it sent anything), and what follows from it. */
  judge(error: CallError, attempts: number, mostAttempts: number): Verdict {
    if (error.httpStatus !== null || BEGUN_TO_ANSWER.has(error.code)) this.#noteReached();
    return judge(error, {
      attempts,
      mostAttempts,
      laneHasAnswered: this.#known.hasAnswered,
      serverIsAway: this.#inOutage,
      random: this.#random,
    });
  }

  /** Notes that the server sent something. */
  #noteReached(): void {
    this.#known.reached = true;
    this.#outageSinceMs = undefined;
    this.#outageFailures = 0;
  }

  /** Notes an answer. One to a call sent before the last slow-downs says nothing about the pace since. */
  noteAnswered(sentMs: number, inFlight: number): void {
    this.#noteReached();
    this.#known.hasAnswered = true;
    if (sentMs >= this.#slowDownSetMs) {
      this.#known.pace.noteAnswered(inFlight);
      this.#slowDowns = 0;
    } else if (sentMs >= this.#slowDownBeforeMs) this.#slowDowns = Math.min(1, this.#slowDowns);
  }

  /**
   * Notes that the server wants to be asked more slowly, and says until when to leave it alone. Calls
   * that were sent before the last such word belong to the same episode: without a time of their own
   * they lengthen nothing.
   */
  noteSlowDown(sentMs: number, retryAfterMs: number | null, inFlight: number): number {
    const nowMs = this.#clock.monotonicMs();
    const newEpisode = sentMs >= this.#slowDownSetMs;
    if (newEpisode) {
      this.#known.pace.noteSlowDown(inFlight);
      this.#slowDowns++;
      this.#slowDownBeforeMs = this.#slowDownSetMs;
      this.#slowDownSetMs = nowMs;
    }
    if (newEpisode || retryAfterMs !== null) {
      const backoff = retryAfterMs === null ? LANE_BACKOFF : TOLD_BACKOFF;
      const ownMs = backoffMs(backoff, Math.max(1, this.#slowDowns), this.#random);
      const untilMs = nowMs + Math.max(ownMs, retryAfterMs ?? 0);
      this.#slowUntilMs = Math.max(this.#slowUntilMs, untilMs);
    }
    return this.#slowUntilMs;
  }

  /** Notes that the server could not be reached; false when it is time to give up. */
  noteUnreachable(sentMs: number): boolean {
    const nowMs = this.#clock.monotonicMs();
    this.#outageSinceMs ??= sentMs;
    const patienceMs = this.#known.reached ? LONGEST_OUTAGE_MS : FIRST_CONTACT_MS;
    const giveUpMs = this.#outageSinceMs + patienceMs;
    if (nowMs >= giveUpMs) return false;
    // Calls that were under way together are one failure.
    if (sentMs >= this.#outagePauseUntilMs || this.#outageFailures === 0) {
      this.#outageFailures++;
      const pauseMs = backoffMs(OUTAGE_BACKOFF, this.#outageFailures, this.#random);
      // The last look comes when patience ends, not after a long pause beyond it.
      this.#outagePauseUntilMs = Math.min(nowMs + pauseMs, giveUpMs);
    }
    return true;
  }
}
