/** What is wrong with rows, by what it is. */
export interface FoundFlaw {
  readonly flaw: string;
  /** How many rows have it. */
  readonly count: number;
  /** The first of them, counted from 1. */
  readonly rows: readonly number[];
}

const MOST_ROWS = 20;

/** Gathers what is wrong with rows; a row counts once. */
export class FoundFlaws {
  readonly #found = new Map<string, { count: number; rows: number[] }>();
  #total = 0;

  /** @param row counted from 1 */
  add(flaw: string, row: number): void {
    const known = this.#found.get(flaw) ?? { count: 0, rows: [] };
    this.#found.set(flaw, known);
    known.count++;
    this.#total++;
    if (known.rows.length < MOST_ROWS) known.rows.push(row);
  }

  /** Rows with something wrong. */
  get total(): number {
    return this.#total;
  }

  /** All that was found, in the order in which it was found first. */
  list(): readonly FoundFlaw[] {
    return [...this.#found].map(([flaw, { count, rows }]) => ({ flaw, count, rows }));
  }
}
