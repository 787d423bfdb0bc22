const EMPTY = 0;

/**
 * Finds ids that occur twice, in 24 bytes an id instead of a set of strings: an open-addressing table
 * of 64-bit hashes. Two different ids of a million share a hash with a chance of 3 in 10^8.
 */
export class IdIndex {
  #mask: number;
  #first: Uint32Array;
  #second: Uint32Array;
  #lines: Uint32Array;
  #size = 0;

  constructor(capacity = 1024) {
    this.#mask = capacity - 1;
    this.#first = new Uint32Array(capacity);
    this.#second = new Uint32Array(capacity);
    this.#lines = new Uint32Array(capacity);
  }

  /**
   * Notes that an id stands on a line (counted from 1).
   *
   * @returns the line on which it stood before, or undefined
   */
  add(id: string, line: number): number | undefined {
    if (this.#size * 2 >= this.#lines.length) this.#grow();
    const { first, second } = hash(id);
    const slot = this.#find(first, second);
    const before = this.#lines[slot]!;
    if (before !== EMPTY) return before;
    this.#put(slot, first, second, line);
    this.#size++;
    return undefined;
  }

  #find(first: number, second: number): number {
    let slot = first & this.#mask;
    while (
      this.#lines[slot] !== EMPTY &&
      (this.#first[slot] !== first || this.#second[slot] !== second)
    ) {
      slot = (slot + 1) & this.#mask;
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
    const capacity = old.lines.length * 2;
    this.#mask = capacity - 1;
    this.#first = new Uint32Array(capacity);
    this.#second = new Uint32Array(capacity);
    this.#lines = new Uint32Array(capacity);
    for (let i = 0; i < old.lines.length; i++) {
      if (old.lines[i] === EMPTY) continue;
      this.#put(
        this.#find(old.first[i]!, old.second[i]!),
        old.first[i]!,
        old.second[i]!,
        old.lines[i]!,
      );
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
