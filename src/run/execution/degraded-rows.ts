import type { RowEnd } from '../../store/index.ts';

/** Notes the good rows in whose answers parts of a consortium are missing. */
export class DegradedRows {
  readonly #rows = new Set<number>();

  /** Notes how a row has ended. */
  note(row: number, { answer }: RowEnd): void {
    const { consortium, preference } = answer.details ?? {};
    const isDegraded = [consortium, preference].some((panel) => panel?.status === 'degraded');
    if (answer.status === 'ok' && isDegraded) this.#rows.add(row);
    else this.#rows.delete(row);
  }

  get count(): number {
    return this.#rows.size;
  }
}
