import type { Clock } from '../../src/core/clock.ts';

interface Timer {
  readonly dueMs: number;
  readonly order: number;
  readonly callback: () => void;
}

/** A clock that moves only when a test says so. Timers fire in the order in which they fall due. */
export class FakeClock implements Clock {
  readonly #startWallMs: number;
  #nowMs = 0;
  #nextOrder = 0;
  #timers: Timer[] = [];

  constructor(startWallMs = Date.UTC(2026, 0, 1)) {
    this.#startWallMs = startWallMs;
  }

  monotonicMs(): number {
    return this.#nowMs;
  }

  wallMs(): number {
    return this.#startWallMs + this.#nowMs;
  }

  after(delayMs: number, callback: () => void): () => void {
    const timer = { dueMs: this.#nowMs + Math.max(0, delayMs), order: this.#nextOrder++, callback };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Timers that have not fired yet. */
  get pendingTimers(): number {
    return this.#timers.length;
  }

  /** Moves ahead and fires nothing, as time passes while the program itself is busy. */
  pass(durationMs: number): void {
    this.#nowMs += durationMs;
  }

  /** Moves to the next timer and fires it, once everything has had its turn; false if there is none. */
  async step(): Promise<boolean> {
    await settle();
    const next = this.#timers.sort((a, b) => a.dueMs - b.dueMs || a.order - b.order).shift();
    if (!next) return false;
    this.#nowMs = Math.max(this.#nowMs, next.dueMs);
    next.callback();
    await settle();
    return true;
  }

  /** Moves `durationMs` ahead and fires everything that falls due on the way. */
  async advance(durationMs: number): Promise<void> {
    const untilMs = this.#nowMs + durationMs;
    await settle();
    while (this.#timers.some((timer) => timer.dueMs <= untilMs)) await this.step();
    this.#nowMs = untilMs;
    await settle();
  }

  /** Steps until `done` has settled. Fails when it waits for something that is no timer. */
  async runUntil<T>(done: Promise<T>): Promise<T> {
    let settled = false;
    const mark = () => {
      settled = true;
    };
    done.then(mark, mark);
    for (;;) {
      await settle();
      if (settled) return done;
      if (!(await this.step())) {
        // A long row that is gone on with takes a turn for each of its saved answers.
        for (let more = 0; more < 100 && !settled; more++) await settle();
        if (settled) return done;
        throw new Error('FakeClock.runUntil: no timer is left and the promise has not settled');
      }
    }
  }
}

/** What is written, handed over and asked for again takes some turns of the event loop without any timer. */
const TURNS = 8;

/** Lets everything happen that needs no timer. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) {
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}
