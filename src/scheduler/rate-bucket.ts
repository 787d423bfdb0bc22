/** How much a bucket lets through. */
export interface RateBucketSettings {
  /** Units (requests or tokens) in any 60 seconds; above 0. A broken number counts as the next whole one. */
  readonly perMinute: number;
  /**
   * Units that may leave at once after a pause, from 1 to half of `perMinute`; default a quarter of a
   * second's worth, at least 1.
   */
  readonly burst?: number | undefined;
}

/** So much slower does a bucket refill that rounding never lets one unit more into a window. */
const ROUNDING_MARGIN = 1e-6;

/**
 * A token bucket: it holds at most `burst` units and refills continuously.
 *
 * The refill is `perMinute - (burst - 1)` a minute, so that the units taken in any half-open window of
 * 60 seconds never exceed `perMinute`, the burst included. A request for more than the bucket can hold
 * is granted when the bucket is full and leaves it in debt, so that a long prompt is delayed, not refused:
 * a window can hold more than `perMinute` by what its last request has beyond the burst.
 */
export class RateBucket {
  #burst = 1;
  #refillPerMs = 0;
  #level: number;
  #updatedMs: number;

  constructor(settings: RateBucketSettings, nowMs: number) {
    this.#updatedMs = nowMs;
    this.#level = 0;
    this.retune(settings, nowMs);
    this.#level = this.#burst;
  }

  /** Changes the limit while the bucket is in use; debt and saved units stay. */
  retune(settings: RateBucketSettings, nowMs: number): void {
    this.#refill(nowMs);
    const { perMinute, burst = perMinute / 240 } = settings;
    this.#burst = Math.max(1, Math.min(burst, perMinute / 2));
    this.#refillPerMs = ((perMinute - (this.#burst - 1)) * (1 - ROUNDING_MARGIN)) / 60_000;
    this.#level = Math.min(this.#level, this.#burst);
  }

  /** The moment at which `units` can be taken; `nowMs` or earlier means at once. */
  readyMs(units: number, nowMs: number): number {
    this.#refill(nowMs);
    const missing = Math.min(units, this.#burst) - this.#level;
    // A billionth of a unit is rounding, not a missing unit.
    return missing <= 1e-9 ? nowMs : nowMs + missing / this.#refillPerMs;
  }

  /** Takes `units`; negative units give back. The level never rises above the burst. */
  take(units: number, nowMs: number): void {
    this.#refill(nowMs);
    this.#level = Math.min(this.#burst, this.#level - units);
  }

  #refill(nowMs: number): void {
    if (nowMs <= this.#updatedMs) return;
    this.#level = Math.min(
      this.#burst,
      this.#level + (nowMs - this.#updatedMs) * this.#refillPerMs,
    );
    this.#updatedMs = nowMs;
  }
}
