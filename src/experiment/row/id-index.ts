const EMPTY = 0;
const SHARDS = 256;
const FIRST_CAPACITY = 8;
const GROWTH = 1.5;
const MAX_FULL = 0.8;

/**
 * Finds ids that occur twice, in some 18 bytes an id instead of a set of strings: open-addressing tables
 * of 64-bit hashes. Two different ids of a million share a hash with a chance of 3 in 10^8. There are many
 * small tables, because one large one would need its memory twice whenever it grows.
 */
export class IdIndex {
  readonly #shards = Array.from({ length: SHARDS }, () => new Shard());

  /**
   * Notes that an id stands on a line (counted from 1).
   *
   * @returns the line on which it stood before, or undefined
   */
  add(id: string, line: number): number | undefined {
    const { first, second } = hash(id);
    return this.#shards[second % SHARDS]!.add(first, second, line);
  }

  /** The line that was noted for an id; undefined for one that was not. */
  lineOf(id: string): number | undefined {
    const { first, second } = hash(id);
    return this.#shards[second % SHARDS]!.lineOf(first, second);
  }
}

class Shard {
  #first = new Uint32Array(FIRST_CAPACITY);
  #second = new Uint32Array(FIRST_CAPACITY);
  #lines = new Uint32Array(FIRST_CAPACITY);
  #size = 0;

  add(first: number, second: number, line: number): number | undefined {
    if (this.#size >= this.#lines.length * MAX_FULL) this.#grow();
    const slot = this.#find(first, second);
    const before = this.#lines[slot]!;
    if (before !== EMPTY) return before;
    this.#put(slot, first, second, line);
    this.#size++;
    return undefined;
  }

  lineOf(first: number, second: number): number | undefined {
    const line = this.#lines[this.#find(first, second)]!;
    return line === EMPTY ? undefined : line;
  }

  #find(first: number, second: number): number {
    const capacity = this.#lines.length;
    let slot = Math.floor((first / 2 ** 32) * capacity);
    while (
      this.#lines[slot] !== EMPTY &&
      (this.#first[slot] !== first || this.#second[slot] !== second)
    ) {
      slot = slot + 1 === capacity ? 0 : slot + 1;
    }
    return slot;
  }

  #put(slot: number, first: number, second: number, line: number): void {
    this.#first[slot] = first;
    this.#second[slot] = second;
    this.#lines[slot] = line;
  }

  #grow(): void {
    const old = { first: this.#first, second: this.#second, lines: this.#lines };
    const capacity = Math.ceil(old.lines.length * GROWTH);
    this.#first = new Uint32Array(capacity);
    this.#second = new Uint32Array(capacity);
    this.#lines = new Uint32Array(capacity);
    for (const [index, line] of old.lines.entries()) {
      if (line === EMPTY) continue;
      const first = old.first[index]!;
      const second = old.second[index]!;
      this.#put(this.#find(first, second), first, second, line);
    }
  }
}

/** Two independent 32-bit hashes of a text, by multiplication and rotation (the shape of MurmurHash3). */
function hash(text: string): { first: number; second: number } {
  let first = 0x9747b28c;
  let second = 0x1b873593;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    first = Math.imul(first ^ code, 0x85ebca6b);
    first = (first << 13) | (first >>> 19);
    second = Math.imul(second ^ code, 0xc2b2ae35);
    second = (second << 17) | (second >>> 15);
  }
  first = Math.imul(first ^ (first >>> 16), 0x85ebca6b);
  second = Math.imul(second ^ (second >>> 15), 0xc2b2ae35);
  return { first: (first ^ (second >>> 13)) >>> 0, second: (second ^ (first >>> 16)) >>> 0 };
}
