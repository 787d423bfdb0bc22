/**
 * Keeps the first rows of every kind, in memory that does not grow: where there is not room for all, a kind that has
 * many gives way to one that has few.
 */
export class KindSample<Row> {
  readonly #limit: number;
  readonly #kinds = new Map<string, Row[]>();
  #rows = 0;
  #isFull = false;

  /** @param limit most rows */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** @param make makes the row; called only where it is kept at first */
  add(kind: string, make: () => Row): void {
    const rows = this.#kinds.get(kind) ?? [];
    if (rows.length === 0 && this.#kinds.size >= this.#limit) return;
    this.#kinds.set(kind, rows);
    if (this.#isFull && rows.length >= Math.floor(this.#limit / this.#kinds.size)) return;
    rows.push(make());
    this.#rows++;
    if (this.#rows <= this.#limit) return;
    this.#isFull = true;
    let most = rows;
    for (const other of this.#kinds.values()) if (other.length > most.length) most = other;
    most.pop();
    this.#rows--;
  }

  /** What was kept, kind by kind. */
  rows(): Row[] {
    return [...this.#kinds.values()].flat();
  }
}
