import type { Answer } from '../../core/answer.ts';

/** Counts answers that came, and rows that were asked again. */
export class AskCounts {
  asks = 0;
  reasked = 0;

  add({ key, status }: Pick<Answer, 'key' | 'status'>): void {
    if (status !== 'ok') return;
    this.asks++;
    if (key.name.endsWith('/again/1')) this.reasked++;
  }
}
