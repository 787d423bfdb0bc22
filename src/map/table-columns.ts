import type { JsonObject } from '../core/json.ts';
import { topLevelKeys } from '../store/index.ts';

/** More columns than this are a mistake, not a table. */
export const MOST_COLUMNS = 10_000;

/** Whether a name is one that objects put in front of others, whatever their order in the text. */
const INDEX = /^(?:0|[1-9]\d{0,9})$/;

/** Which columns rows have, in the order in which they are first seen, and how many rows lack which. */
export class TableColumns {
  readonly #rows = new Map<string, { rows: number; firstWithout: number | null }>();
  #count = 0;

  /** The names, in order. */
  get names(): readonly string[] {
    return [...this.#rows.keys()];
  }

  /** Notes a row. @param keys its names, in the order of its text; needed only where `isInOrder` says no */
  add(row: JsonObject, keys?: readonly string[]): void {
    const rows = this.#rows;
    for (const name of keys ?? Object.keys(row)) {
      const known = rows.get(name);
      if (known !== undefined) {
        if (known.firstWithout === null && known.rows < this.#count)
          known.firstWithout = known.rows;
        known.rows++;
      } else rows.set(name, { rows: 1, firstWithout: this.#count > 0 ? 0 : null });
    }
    this.#count++;
  }

  /** Gives a column its place before a row has it. */
  expect(name: string): void {
    if (!this.#rows.has(name)) this.#rows.set(name, { rows: 0, firstWithout: null });
  }

  has(name: string): boolean {
    return this.#rows.has(name);
  }

  /** How many rows have no such column, and the first of them, counted from 0; null where all have it. */
  missing(name: string): { readonly rows: number; readonly first: number } | null {
    const known = this.#rows.get(name);
    if (known === undefined) return { rows: this.#count, first: 0 };
    const rows = this.#count - known.rows;
    return rows === 0 ? null : { rows, first: known.firstWithout ?? known.rows };
  }

  /** True when the names of a row come in the order of its text. */
  static isInOrder(row: JsonObject): boolean {
    for (const name in row) return !INDEX.test(name);
    return true;
  }
}

/** The names of a row in the order of its text, each once. */
export function namesOf(text: string): readonly string[] {
  return [...new Set(topLevelKeys(text).map(({ name }) => name))];
}
