import type { CallKey } from '../core/answer.ts';

/** Rows whose bits are kept in one number. */
const WORD_ROWS = 32;

/**
 * A set of calls. A million rows with the same name take about a megabyte, and ten thousand names of one row,
 * wherever it stands, some more for their texts.
 */
export class CallSet {
  /** By name, and by which rows: one bit for each of them. */
  readonly #words = new Map<string, Map<number, number>>();

  has({ row, name }: CallKey): boolean {
    const word = this.#words.get(name)?.get(Math.floor(row / WORD_ROWS)) ?? 0;
    return (word & bitOf(row)) !== 0;
  }

  /** Adds a call; false when it was there already. */
  add({ row, name }: CallKey): boolean {
    let words = this.#words.get(name);
    if (words === undefined) {
      words = new Map();
      this.#words.set(name, words);
    }
    const place = Math.floor(row / WORD_ROWS);
    const word = words.get(place) ?? 0;
    if ((word & bitOf(row)) !== 0) return false;
    words.set(place, word | bitOf(row));
    return true;
  }

  /** Takes a call out, if it is there. */
  delete({ row, name }: CallKey): void {
    const words = this.#words.get(name);
    const place = Math.floor(row / WORD_ROWS);
    words?.set(place, (words.get(place) ?? 0) & ~bitOf(row));
  }
}

function bitOf(row: number): number {
  return 1 << (row % WORD_ROWS);
}
