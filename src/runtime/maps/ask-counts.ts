import type { Answer } from '../../core/answer.ts';

/** The step whose call has a name. */
export function stepOf(name: string): string {
  const end = name.indexOf('/');
  return end < 0 ? name : name.slice(0, end);
}

/** Counts answers that came, and rows that were asked again. */
export class AskCounts {
  asks = 0;
  reasked = 0;

  readonly #costs = new Map<string, number>();

  /** US dollars of a step's calls whose price is known; null if there is none. */
  costOf(step: string): number | null {
    return this.#costs.get(step) ?? null;
  }

  add({ key, status, costUsd }: Pick<Answer, 'key' | 'status' | 'costUsd'>): void {
    if (costUsd !== null) {
      const step = stepOf(key.name);
      this.#costs.set(step, (this.#costs.get(step) ?? 0) + costUsd);
    }
    if (status !== 'ok') return;
    this.asks++;
    if (key.name.endsWith('/again/1')) this.reasked++;
  }
}
