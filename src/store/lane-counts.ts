/** How far the rows of a lane have come. */
export interface LaneTotals {
  readonly rows: number;
  /** Rows all of whose calls have ended, failed ones included. */
  readonly done: number;
  /** Rows that are done and have at least one failed call. */
  readonly failed: number;
}

/** Counts rows by lane. */
export class LaneCounts {
  readonly #rows: number[] = [];
  readonly #done: number[] = [];
  readonly #failed: number[] = [];

  /** One more than the highest number of a lane that was seen. */
  get lanes(): number {
    return this.#rows.length;
  }

  addRow(lane: number): void {
    while (this.#rows.length <= lane) {
      this.#rows.push(0);
      this.#done.push(0);
      this.#failed.push(0);
    }
    this.#rows[lane]!++;
  }

  endRow(lane: number, failed: boolean): void {
    this.#done[lane]!++;
    if (failed) this.#failed[lane]!++;
  }

  totals(lane: number): LaneTotals {
    return {
      rows: this.#rows[lane] ?? 0,
      done: this.#done[lane] ?? 0,
      failed: this.#failed[lane] ?? 0,
    };
  }

  sum(): LaneTotals {
    const add = (numbers: readonly number[]) => numbers.reduce((sum, value) => sum + value, 0);
    return { rows: add(this.#rows), done: add(this.#done), failed: add(this.#failed) };
  }
}
