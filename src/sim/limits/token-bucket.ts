import type { Clock } from '../../core/clock.ts';

/**
 * A bucket that refills continuously. Taking more than it can ever hold is allowed when it is full
 * and leaves a debt, so that no request is too big to pass.
 */
export class TokenBucket {
  readonly perMinute: number;
  readonly capacity: number;
  readonly #clock: Clock;
  #level: number;
  #updatedMs: number;

  /** @param burstMs What the bucket holds, in milliseconds of its own rate; at least one unit. */
  constructor(perMinute: number, burstMs: number, clock: Clock) {
    this.perMinute = perMinute;
    this.capacity = Math.max(1, (perMinute * burstMs) / 60_000);
    this.#clock = clock;
    this.#level = this.capacity;
    this.#updatedMs = clock.monotonicMs();
  }

  /** What is in the bucket now; below 0 while it is in debt. */
  get level(): number {
    const nowMs = this.#clock.monotonicMs();
    const refilled = this.#level + ((nowMs - this.#updatedMs) * this.perMinute) / 60_000;
    this.#level = Math.min(this.capacity, refilled);
    this.#updatedMs = nowMs;
    return this.#level;
  }

  /** Milliseconds until `amount` can be taken; 0 when it can be taken now. */
  waitMs(amount: number): number {
    // A hair less than what is asked counts as enough: sums of refills are not exact.
    const missing = Math.min(amount, this.capacity) - this.level - 1e-9;
    return missing <= 0 ? 0 : (missing * 60_000) / this.perMinute;
  }

  /** Milliseconds until the bucket is full. */
  get untilFullMs(): number {
    return ((this.capacity - this.level) * 60_000) / this.perMinute;
  }

  /** Takes `amount`, into debt if need be. */
  take(amount: number): void {
    this.#level = this.level - amount;
  }
}
