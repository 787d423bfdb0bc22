import type { Work } from './work.ts';

/** When a lane's calls were last answered: what tells a call's own failure from one of its server. */
export class AnswersSeen {
  /** When the last answer came. */
  #cameMs = Number.NEGATIVE_INFINITY;
  /** When the call was sent that was sent last of those answered. */
  #sentMs = Number.NEGATIVE_INFINITY;

  /** Notes an answer, and when its call was sent. */
  note(nowMs: number, sentMs: number): void {
    this.#cameMs = nowMs;
    if (sentMs > this.#sentMs) this.#sentMs = sentMs;
  }

  /** True when, since a try of a call failed, another one has been answered that was not sent before it. */
  overtook({ failedMs, failedSentMs }: Work): boolean {
    return this.#cameMs >= failedMs && this.#sentMs >= failedSentMs;
  }
}
