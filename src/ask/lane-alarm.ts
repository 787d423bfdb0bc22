import { CallError } from '../core/call-error.ts';
import type { Clock } from '../core/clock.ts';
import type { LaneWait } from './lane-status.ts';
import type { Work } from './work.ts';

/** As long as rows that have begun may take until they ask. */
const STILL_MS = 50;

/** Wakes a lane: soon, or when what it waits for is due. One timer, whatever it waits for. */
export class LaneAlarm {
  readonly #clock: Clock;
  readonly #onWake: () => void;
  #queued = false;
  #cancelTimer: (() => void) | undefined;
  #waiting: LaneWait | null = null;

  constructor(clock: Clock, onWake: () => void) {
    this.#clock = clock;
    this.#onWake = onWake;
  }

  /** What the lane waits for. */
  get waiting(): LaneWait | null {
    return this.#waiting;
  }

  /** Wakes the lane once every promise that can settle has: what a row asks next comes before new rows. */
  readonly ring = (): void => {
    if (this.#queued) return;
    this.#queued = true;
    // Outside of promises the next tick comes before them, and from one of theirs behind all of them.
    queueMicrotask(this.#wakeSoon);
  };

  readonly #wakeSoon = (): void => process.nextTick(this.#wake);

  readonly #wake = (): void => {
    this.#queued = false;
    this.#onWake();
  };

  /** Calls back in some milliseconds, unless the lane is woken before. */
  whenStill(then: () => void): void {
    this.clear();
    this.#cancelTimer = this.#clock.after(STILL_MS, then);
  }

  /** Wakes the lane at a moment; `Infinity`: somebody else will. */
  waitUntil(wait: LaneWait): void {
    this.clear();
    this.#waiting = wait;
    if (wait.untilMs === Number.POSITIVE_INFINITY) return;
    const delayMs = Math.max(0, wait.untilMs - this.#clock.monotonicMs());
    this.#cancelTimer = this.#clock.after(delayMs, this.ring);
  }

  /** Wakes the lane when a call may be tried again; undefined: there is none. */
  waitUntilDue(work: Work | undefined): void {
    if (work === undefined) return;
    const { outcome } = work.lastResult ?? {};
    const said = outcome instanceof CallError ? outcome.said : null;
    this.waitUntil({ reason: 'retry', untilMs: work.dueMs, said });
  }

  /** Waits for nothing. */
  clear(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#waiting = null;
  }
}
