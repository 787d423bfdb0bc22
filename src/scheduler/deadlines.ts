import type { Clock } from '../core/clock.ts';
import { Linked, LinkedSet } from '../core/linked-set.ts';

/** One of many deadlines. */
export class Deadline extends Linked {
  readonly dueMs: number;
  readonly onDue: () => void;

  constructor(dueMs: number, onDue: () => void) {
    super();
    this.dueMs = dueMs;
    this.onDue = onDue;
  }
}

/**
 * Many deadlines of the same length with one timer. Since all last equally long, the one that was
 * started first is due first.
 */
export class Deadlines {
  readonly #clock: Clock;
  readonly #durationMs: number;
  readonly #pending = new LinkedSet<Deadline>();
  #cancelTimer: (() => void) | undefined;

  /** @param durationMs length of every deadline in milliseconds */
  constructor(clock: Clock, durationMs: number) {
    this.#clock = clock;
    this.#durationMs = durationMs;
  }

  /** Calls `onDue` once after the duration, unless `clear` comes first. */
  start(onDue: () => void): Deadline {
    const deadline = new Deadline(this.#clock.monotonicMs() + this.#durationMs, onDue);
    this.#pending.add(deadline);
    this.#cancelTimer ??= this.#clock.after(this.#durationMs, this.#fire);
    return deadline;
  }

  /** Forgets a deadline. The timer is left to find that out by itself, which saves one for each call. */
  clear(deadline: Deadline): void {
    this.#pending.delete(deadline);
  }

  /** Forgets all deadlines and the timer. */
  close(): void {
    for (const deadline of this.#pending.all()) this.#pending.delete(deadline);
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }

  readonly #fire = (): void => {
    const nowMs = this.#clock.monotonicMs();
    // What is started meanwhile comes last, so the loop arms the timer for it too.
    for (let next = this.#pending.first; next !== undefined; next = this.#pending.first) {
      if (next.dueMs > nowMs) {
        this.#cancelTimer = this.#clock.after(next.dueMs - nowMs, this.#fire);
        return;
      }
      this.#pending.delete(next);
      next.onDue();
    }
    this.#cancelTimer = undefined;
  };
}
