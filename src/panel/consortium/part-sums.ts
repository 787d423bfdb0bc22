import { type Answer, hasUnknownCost } from '../../core/answer.ts';

/** Sums up what the parts of a consortium cost, and how long they took together. */
export class PartSums {
  #costUsd: number | null = 0;
  #startMs = Number.POSITIVE_INFINITY;
  #endMs = Number.NEGATIVE_INFINITY;

  add(answer: Answer): void {
    const { costUsd, startedAt, latencyMs, attempts } = answer;
    if (hasUnknownCost(answer)) this.#costUsd = null;
    else if (this.#costUsd !== null) this.#costUsd += costUsd ?? 0;
    const startMs = Date.parse(startedAt);
    if (attempts === 0 || Number.isNaN(startMs)) return;
    this.#startMs = Math.min(this.#startMs, startMs);
    this.#endMs = Math.max(this.#endMs, startMs + latencyMs);
  }

  /** US dollars, null where a price of what answered is not known; and milliseconds from the first part to the last. */
  get totals(): { readonly costUsd: number | null; readonly durationMs: number } {
    return { costUsd: this.#costUsd, durationMs: Math.max(0, this.#endMs - this.#startMs) };
  }
}
