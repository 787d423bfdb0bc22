/** Part of what was in flight that stays allowed: after a first word, and once the window had opened again. */
const FIRST_CUT = 0.5;
const LATER_CUT = 0.8;
/** What a whole window of answers adds to the window. */
const GROWTH = 0.5;

/**
 * How many calls a lane may have in flight after its endpoint has asked it to slow down.
 *
 * Without a known limit, everything that was in flight would come back at once when the wait is over, and all
 * but a few would be refused again. So each episode cuts what was in flight, and answers open the window again
 * (additive increase, multiplicative decrease; Chiu and Jain 1989).
 */
export class Pace {
  #window = Number.POSITIVE_INFINITY;
  #windowAtCut = 0;

  /** True when one more call may start. One is always allowed. */
  allows(inFlight: number): boolean {
    return inFlight < Math.max(1, Math.floor(this.#window));
  }

  /** Notes the beginning of an episode, and how many calls were in flight then. */
  noteSlowDown(inFlight: number): void {
    const opened = Number.isFinite(this.#window) && this.#window > this.#windowAtCut + GROWTH;
    const part = opened ? LATER_CUT : FIRST_CUT;
    this.#window = Math.max(1, Math.min(this.#window, inFlight) * part);
    this.#windowAtCut = this.#window;
  }

  /** Notes an answer, and how many calls were in flight: only a window that was used may grow. */
  noteAnswered(inFlight: number): void {
    if (inFlight + 1 >= Math.floor(this.#window)) this.#window += GROWTH / this.#window;
  }
}
