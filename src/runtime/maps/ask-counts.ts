import type { Answer } from '../../core/answer.ts';
import { PagedNumbers } from '../../store/in-memory.ts';

/** What a first answer's further ask is called, whatever it is behind. */
const FIRST_AGAIN = '/again/1';

/** The step whose call has a name. */
export function stepOf(name: string): string {
  const end = name.indexOf('/');
  return end < 0 ? name : name.slice(0, end);
}

/** Counts answers that came, and rows that were asked again. */
export class AskCounts {
  asks = 0;
  reasked = 0;
  /** Rows of several answers may be asked again for each of them. */
  readonly #rows = new PagedNumbers(Uint8Array);

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
    if (!key.name.endsWith(FIRST_AGAIN) || this.#rows.get(key.row) === 1) return;
    this.#rows.set(key.row, 1);
    this.reasked++;
  }
}
