import type { TextHash } from './text-hash.ts';

const EMPTY = 0;
const SHARDS = 256;
const FIRST_CAPACITY = 8;
const GROWTH = 1.5;
const MAX_FULL = 0.8;

/**
 * A whole number from 1 to 2^32 - 1 for each key, in some 18 bytes a key instead of a map of strings: open-addressing
 * tables of 64-bit hashes. Two different keys of a million share a hash with a chance of 3 in 10^8. There are many small
 * tables, because one large one would need its memory twice whenever it grows.
 */
export class KeyTable {
  readonly #shards = Array.from({ length: SHARDS }, () => new Shard());

  /** The number of a key; 0 if it has none. */
  get({ first, second }: TextHash): number {
    return this.#shards[second % SHARDS]!.get(first, second);
  }

  /** Gives a key a number that is not 0. */
  set({ first, second }: TextHash, value: number): void {
    this.#shards[second % SHARDS]!.set(first, second, value);
  }
}

class Shard {
  #first = new Uint32Array(FIRST_CAPACITY);
  #second = new Uint32Array(FIRST_CAPACITY);
  #values = new Uint32Array(FIRST_CAPACITY);
  #size = 0;

  get(first: number, second: number): number {
    return this.#values[this.#find(first, second)]!;
  }

  set(first: number, second: number, value: number): void {
    if (this.#size >= this.#values.length * MAX_FULL) this.#grow();
    const slot = this.#find(first, second);
    if (this.#values[slot] === EMPTY) this.#size++;
    this.#put(slot, first, second, value);
  }

  #find(first: number, second: number): number {
    const capacity = this.#values.length;
    let slot = Math.floor((first / 2 ** 32) * capacity);
    while (
      this.#values[slot] !== EMPTY &&
      (this.#first[slot] !== first || this.#second[slot] !== second)
    ) {
      slot = slot + 1 === capacity ? 0 : slot + 1;
    }
    return slot;
  }

  #put(slot: number, first: number, second: number, value: number): void {
    this.#first[slot] = first;
    this.#second[slot] = second;
    this.#values[slot] = value;
  }

  #grow(): void {
    const old = { first: this.#first, second: this.#second, values: this.#values };
    const capacity = Math.ceil(old.values.length * GROWTH);
    this.#first = new Uint32Array(capacity);
    this.#second = new Uint32Array(capacity);
    this.#values = new Uint32Array(capacity);
    for (const [index, value] of old.values.entries()) {
      if (value === EMPTY) continue;
      const first = old.first[index]!;
      const second = old.second[index]!;
      this.#put(this.#find(first, second), first, second, value);
    }
  }
}
