/** Answers from which on a rate is worth something. */
const LEAST_ANSWERS = 3;
/** A rate is that of the last answers, so many at least. */
const REMEMBERED = 16;
/** So many calls in flight are not held back before one has really run out of time. */
const UNDOUBTED = 8;

/**
 * Measures how many answers a second a server gives while it has something to do, and how many calls may be in
 * flight so that each is answered within half its time-out: rate x time-out / 2 (Little's law).
 *
 * The highest rate counts, until calls run out of time: fewer calls in flight at a server that does all of them at
 * once give fewer answers, and a ceiling that followed them down would end at one.
 *
 * The time-out of a stream ends with its first piece: rate x (time-out / 2 + the time that streams flow).
 */
export class AnswerRate {
  #answers = 0;
  #busyMs = 0;
  /** Time that they flowed, all together. */
  #flowMs = 0;
  #sinceMs = 0;
  #bestPerMs = 0;
  #ranOut = false;
  #ceiling = Number.POSITIVE_INFINITY;

  /** Most calls that may be in flight; at least 1. */
  get ceiling(): number {
    return this.#ceiling;
  }

  /** Notes that the server has something to do again, or that the time until now does not count. */
  restart(nowMs: number): void {
    this.#sinceMs = nowMs;
  }

  /**
   * Notes an answer.
   *
   * @param inFlight calls in flight, this one included
   * @param flowMs time from the first piece of a stream to its end
   */
  noteAnswered(nowMs: number, inFlight: number, timeoutMs: number, flowMs = 0): void {
    this.#answers++;
    this.#flowMs += flowMs;
    this.#busyMs += nowMs - this.#sinceMs;
    this.#sinceMs = nowMs;
    if (this.#answers < LEAST_ANSWERS) return;
    const perMs = this.#answers / Math.max(1, this.#busyMs);
    const flowMeanMs = this.#flowMs / this.#answers;
    const remembered = Math.max(REMEMBERED, inFlight);
    if (this.#answers >= remembered && perMs > this.#bestPerMs) this.#bestPerMs = perMs;
    if (this.#answers >= 2 * remembered) {
      this.#answers /= 2;
      this.#busyMs /= 2;
      this.#flowMs /= 2;
    }
    const mayTakeMs = timeoutMs / 2 + flowMeanMs;
    const most = Math.floor(Math.max(perMs, this.#bestPerMs) * mayTakeMs);
    this.#ceiling = Math.max(this.#ranOut ? 1 : UNDOUBTED, most);
  }

  /** Notes that a call ran out of time: what is answered now counts, not what once was. */
  noteTimeout(nowMs: number): void {
    this.#ranOut = true;
    this.#bestPerMs = 0;
    this.#sinceMs = nowMs;
  }
}
