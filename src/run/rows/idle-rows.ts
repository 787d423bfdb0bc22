import type { Clock } from '../../core/clock.ts';

/** A row that may wait for no call. */
export interface IdleRow {
  /** Since when it waits for no call; null while it waits for one, or has ended. */
  readonly idleSinceMs: number | null;
  /** Ends it: it has waited for no call for too long. */
  endIdle(): void;
}

/**
 * Ends rows that wait for no call for too long. One timer looks at all of them when the first may be due: a row
 * goes in and out of this many times as often as one is.
 */
export class IdleRows {
  readonly #clock: Clock;
  readonly #timeoutMs: number;
  readonly #rows: () => Iterable<IdleRow>;
  #cancelTimer: (() => void) | undefined;

  /**
   * @param timeoutMs longest time without a call; 0: any
   * @param rows those that are open
   */
  constructor(clock: Clock, timeoutMs: number, rows: () => Iterable<IdleRow>) {
    this.#clock = clock;
    this.#timeoutMs = timeoutMs;
    this.#rows = rows;
  }

  /** The time from which on a row waits for no call: now. It is looked after from then on. */
  begin(): number {
    if (this.#timeoutMs > 0) {
      this.#cancelTimer ??= this.#clock.after(this.#timeoutMs, this.#look);
    }
    return this.#clock.monotonicMs();
  }

  /** Looks after none any more. */
  close(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }

  readonly #look = (): void => {
    const nowMs = this.#clock.monotonicMs();
    let firstMs = Number.POSITIVE_INFINITY;
    for (const row of this.#rows()) {
      if (row.idleSinceMs === null) continue;
      if (row.idleSinceMs + this.#timeoutMs <= nowMs) row.endIdle();
      else firstMs = Math.min(firstMs, row.idleSinceMs);
    }
    const nextMs = firstMs + this.#timeoutMs - nowMs;
    this.#cancelTimer =
      nextMs === Number.POSITIVE_INFINITY ? undefined : this.#clock.after(nextMs, this.#look);
  };
}
