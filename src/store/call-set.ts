import type { CallKey } from '../core/answer.ts';
import { PagedNumbers } from './paged-numbers.ts';

/** A set of calls: one bit for each row, turn and sample that was ever near one in it. */
export class CallSet {
  readonly #bits = new Map<string, PagedNumbers>();

  has(key: CallKey): boolean {
    const words = this.#bits.get(`${key.turn}/${key.sample}`);
    return words !== undefined && (words.get(key.row >>> 5) & (1 << (key.row & 31))) !== 0;
  }

  /** Adds a call; false when it was there already. */
  add(key: CallKey): boolean {
    const name = `${key.turn}/${key.sample}`;
    let words = this.#bits.get(name);
    if (words === undefined) {
      words = new PagedNumbers(Uint32Array);
      this.#bits.set(name, words);
    }
    const word = words.get(key.row >>> 5);
    const bit = 1 << (key.row & 31);
    if ((word & bit) !== 0) return false;
    words.set(key.row >>> 5, (word | bit) >>> 0);
    return true;
  }
}
