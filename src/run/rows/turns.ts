/**
 * Numbers the turns of the event loop: within one every promise that can settle does, so that a workflow has
 * run on to its next wait.
 */
export class Turns {
  readonly #onBroken: (error: unknown) => void;
  #number = 0;
  #armed = false;
  #waiting: (() => void)[] = [];

  /** @param onBroken told what a callback throws */
  constructor(onBroken: (error: unknown) => void) {
    this.#onBroken = onBroken;
  }

  /** The number of this turn. */
  get number(): number {
    this.#arm();
    return this.#number;
  }

  /** Calls back in the next turn. */
  next(callback: () => void): void {
    this.#waiting.push(callback);
    this.#arm();
  }

  #arm(): void {
    if (this.#armed) return;
    this.#armed = true;
    setImmediate(() => {
      this.#armed = false;
      this.#number++;
      const waiting = this.#waiting;
      this.#waiting = [];
      for (const callback of waiting) {
        try {
          callback();
        } catch (error) {
          this.#onBroken(error);
        }
      }
    });
  }
}
