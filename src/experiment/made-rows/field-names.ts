import type { JsonObject } from '../../core/json.ts';

const MOST_NAMES = 100_000;

/** The keys that rows have, each once; those of rows behind the first 100,000 are left out. */
export class FieldNames {
  readonly #names = new Set<string>();

  /** Notes the keys of a row. */
  note(row: JsonObject): void {
    if (this.#names.size < MOST_NAMES) for (const key of Object.keys(row)) this.#names.add(key);
  }

  /** All keys so far. */
  get all(): ReadonlySet<string> {
    return this.#names;
  }
}
