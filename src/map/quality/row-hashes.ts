import { hash } from 'node:crypto';
import type { JsonObject } from '../../core/json.ts';
import { columnValues } from './compared-text.ts';

const SHARDS = 256;
const FIRST_CAPACITY = 8;
const GROWTH = 1.5;
const MAX_FULL = 0.8;
const WORDS = 4;

/**
 * Remembers which rows have come, by 128 bits of the SHA-256 of some columns' values: some 25 MB a million rows. Two
 * different rows are never taken for the same one, but with a chance of 1 in 10^26 among a million.
 */
export class RowHashes {
  readonly #columns: readonly string[];
  readonly #shards = Array.from({ length: SHARDS }, () => new Shard());

  /** @param columns those by which rows are compared; one that a row lacks is null */
  constructor(columns: readonly string[]) {
    this.#columns = columns;
  }

  /** True for a row that is like none before it; it is then remembered. */
  isNew(row: JsonObject): boolean {
    const digest = hash('sha256', columnValues(row, this.#columns), 'buffer');
    return this.#shards[digest[31]! % SHARDS]!.add(digest);
  }
}

/** A table of open addressing; there are many, because one would need its memory twice whenever it grows. */
class Shard {
  #words = new Uint32Array(FIRST_CAPACITY * WORDS);
  #size = 0;

  add(digest: Buffer): boolean {
    // No hash is nothing but zeros: that is an empty place.
    const words = [0, 4, 8, 12].map((at) => digest.readUInt32LE(at));
    words[0] ||= 1;
    if (this.#size >= (this.#words.length / WORDS) * MAX_FULL) this.#grow();
    if (!put(this.#words, words)) return false;
    this.#size++;
    return true;
  }

  #grow(): void {
    const old = this.#words;
    this.#words = new Uint32Array(Math.ceil((old.length / WORDS) * GROWTH) * WORDS);
    for (let at = 0; at < old.length; at += WORDS) {
      if (old[at] !== 0) put(this.#words, old.subarray(at, at + WORDS));
    }
  }
}

/** Puts a hash into its place; false if it is there. */
function put(table: Uint32Array, words: ArrayLike<number>): boolean {
  const capacity = table.length / WORDS;
  let place = Math.floor((words[1]! / 2 ** 32) * capacity);
  for (;;) {
    const at = place * WORDS;
    if (table[at] === 0) {
      for (let word = 0; word < WORDS; word++) table[at + word] = words[word]!;
      return true;
    }
    let same = 0;
    while (same < WORDS && table[at + same] === words[same]) same++;
    if (same === WORDS) return false;
    place = place + 1 === capacity ? 0 : place + 1;
  }
}
