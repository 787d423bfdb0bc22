/** How far the rows of an entry have come. */
export interface EntryTotals {
  readonly rows: number;
  /** Rows that have ended, failed ones included. */
  readonly done: number;
  /** Rows that have ended with an error. */
  readonly failed: number;
}

/** Counts rows by entry. */
export class EntryCounts {
  readonly #rows: number[] = [];
  readonly #done: number[] = [];
  readonly #failed: number[] = [];

  /** One more than the highest number of an entry that was seen. */
  get entries(): number {
    return this.#rows.length;
  }

  addRow(entry: number): void {
    while (this.#rows.length <= entry) {
      this.#rows.push(0);
      this.#done.push(0);
      this.#failed.push(0);
    }
    this.#rows[entry]!++;
  }

  endRow(entry: number, failed: boolean): void {
    this.#done[entry]!++;
    if (failed) this.#failed[entry]!++;
  }

  reopenRow(entry: number, failed: boolean): void {
    this.#done[entry]!--;
    if (failed) this.#failed[entry]!--;
  }

  totals(entry: number): EntryTotals {
    return {
      rows: this.#rows[entry] ?? 0,
      done: this.#done[entry] ?? 0,
      failed: this.#failed[entry] ?? 0,
    };
  }

  sum(): EntryTotals {
    const add = (numbers: readonly number[]) => numbers.reduce((sum, value) => sum + value, 0);
    return { rows: add(this.#rows), done: add(this.#done), failed: add(this.#failed) };
  }
}
