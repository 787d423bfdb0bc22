import type { Clock, Random } from '../core/clock.ts';
import { backoffMs, LANE_BACKOFF } from '../scheduler/index.ts';

/** A lane that never reached its server gives up after this long. */
const FIRST_CONTACT_MS = 1_500;
/** A lane that had reached its server waits this long for it to come back. */
const LONGEST_OUTAGE_MS = 120_000;
const OUTAGE_BACKOFF = { firstMs: 500, longestMs: 10_000 };

/** Keeps what a lane knows of its endpoint: is it reached, is it asking to slow down. */
export class LaneHealth {
  readonly #clock: Clock;
  readonly #random: Random;
  #reached = false;
  #hasAnswered = false;
  #slowDowns = 0;
  #slowDownSetMs = Number.NEGATIVE_INFINITY;
  #outageSinceMs: number | undefined;
  #outageFailures = 0;
  #outagePauseUntilMs = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock, random: Random) {
    this.#clock = clock;
    this.#random = random;
  }

  /** True once a call has been answered. */
  get hasAnswered(): boolean {
    return this.#hasAnswered;
  }

  /** While the server is away one call at a time looks whether it is back. */
  get inOutage(): boolean {
    return this.#outageSinceMs !== undefined;
  }

  /** When the next look is due. */
  get outagePauseUntilMs(): number {
    return this.#outagePauseUntilMs;
  }

  /** Notes that the server sent something, be it an error. */
  noteReached(): void {
    this.#reached = true;
    this.#outageSinceMs = undefined;
    this.#outageFailures = 0;
  }

  /** Notes an answer. */
  noteAnswered(): void {
    this.#hasAnswered = true;
    this.#slowDowns = 0;
  }

  /**
   * Notes that the server was told to be asked more slowly, and says for how long from now. Calls that
   * were sent before the last such word are part of the same episode and lengthen nothing.
   */
  noteSlowDown(sentMs: number, retryAfterMs: number | null): number {
    const nowMs = this.#clock.monotonicMs();
    if (sentMs >= this.#slowDownSetMs) this.#slowDowns++;
    this.#slowDownSetMs = nowMs;
    return retryAfterMs ?? backoffMs(LANE_BACKOFF, Math.max(1, this.#slowDowns), this.#random);
  }

  /** Notes that the server could not be reached; false when it is time to give up. */
  noteUnreachable(sentMs: number): boolean {
    const nowMs = this.#clock.monotonicMs();
    this.#outageSinceMs ??= nowMs;
    const patienceMs = this.#reached ? LONGEST_OUTAGE_MS : FIRST_CONTACT_MS;
    if (this.#outageFailures > 0 && nowMs - this.#outageSinceMs >= patienceMs) return false;
    // Calls that were under way together are one failure.
    if (sentMs >= this.#outagePauseUntilMs || this.#outageFailures === 0) {
      this.#outageFailures++;
      this.#outagePauseUntilMs =
        nowMs + backoffMs(OUTAGE_BACKOFF, this.#outageFailures, this.#random);
    }
    return true;
  }
}
