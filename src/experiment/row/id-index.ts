import { KeyTable } from '../../core/key-table.ts';
import { textHash } from '../../core/text-hash.ts';

/** Finds ids that occur twice, by their hashes. */
export class IdIndex {
  readonly #lines = new KeyTable();

  /**
   * Notes that an id stands on a line (counted from 1).
   *
   * @param within number of what it must differ in, such as its model; default 0
   * @returns the line on which it stood before, or undefined
   */
  add(id: string, line: number, within = 0): number | undefined {
    const hash = textHash(id, within);
    const before = this.#lines.get(hash);
    if (before !== 0) return before;
    this.#lines.set(hash, line);
    return undefined;
  }

  /** The line that was noted for an id; undefined for one that was not. */
  lineOf(id: string, within = 0): number | undefined {
    return this.#lines.get(textHash(id, within)) || undefined;
  }
}
