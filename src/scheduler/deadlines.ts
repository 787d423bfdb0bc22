import type { Clock } from '../core/clock.ts';

/**
 * Many deadlines of the same length with one timer. Since all last equally long, the one that was
 * started first is due first.
 */
export class Deadlines {
  readonly #clock: Clock;
  readonly #durationMs: number;
  readonly #pending = new Map<() => void, number>();
  #cancelTimer: (() => void) | undefined;

  /** @param durationMs length of every deadline in milliseconds */
  constructor(clock: Clock, durationMs: number) {
    this.#clock = clock;
    this.#durationMs = durationMs;
  }

  /** Calls `onDue` once after the duration, unless `clear` comes first. */
  start(onDue: () => void): void {
    this.#pending.set(onDue, this.#clock.monotonicMs() + this.#durationMs);
    this.#cancelTimer ??= this.#clock.after(this.#durationMs, this.#fire);
  }

  /** Forgets a deadline. The timer is left to find that out by itself, which saves one for each call. */
  clear(onDue: () => void): void {
    this.#pending.delete(onDue);
  }

  /** Forgets all deadlines and the timer. */
  close(): void {
    this.#pending.clear();
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }

  readonly #fire = (): void => {
    const nowMs = this.#clock.monotonicMs();
    // What is started meanwhile comes last in the map, so the loop arms the timer for it too.
    for (const [onDue, dueMs] of this.#pending) {
      if (dueMs > nowMs) {
        this.#cancelTimer = this.#clock.after(dueMs - nowMs, this.#fire);
        return;
      }
      this.#pending.delete(onDue);
      onDue();
    }
    this.#cancelTimer = undefined;
  };
}
