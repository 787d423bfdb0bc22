import type { Answer } from '../../core/answer.ts';
import { PagedNumbers } from '../../store/index.ts';

/** What a first answer's further ask is called, whatever it is behind. */
const FIRST_AGAIN = '/again/1';

/** Counts answers that came, and rows that were asked again. */
export class AskCounts {
  asks = 0;
  reasked = 0;
  /** Rows of several answers may be asked again for each of them. */
  readonly #rows = new PagedNumbers(Uint8Array);

  add({ key, status }: Pick<Answer, 'key' | 'status'>): void {
    if (status !== 'ok') return;
    this.asks++;
    if (!key.name.endsWith(FIRST_AGAIN) || this.#rows.get(key.row) === 1) return;
    this.#rows.set(key.row, 1);
    this.reasked++;
  }
}
