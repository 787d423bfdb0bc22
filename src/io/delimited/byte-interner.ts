/** Start of the running hash of a cell; see `hashByte`. */
export const HASH_START = 0x811c9dc5 | 0;

/** Adds a byte to a running hash (FNV-1a, 32 bits). */
export function hashByte(hash: number, byte: number): number {
  return Math.imul(hash ^ byte, 0x01000193);
}

/**
 * Numbers different byte strings 0, 1, 2, … without making a JavaScript string of any of them. Meant
 * for names of which there are few and rows of which there are many.
 */
export class ByteInterner {
  #slots = new Int32Array(256).fill(-1);
  #hashes = new Int32Array(128);
  #starts = new Uint32Array(129);
  #pool = Buffer.allocUnsafeSlow(4096);
  #count = 0;

  /** Number of different byte strings seen. */
  get count(): number {
    return this.#count;
  }

  /**
   * Number of the bytes `start .. end - 1`; a new one equals the `count` before the call.
   *
   * @param hash their running hash.
   */
  intern(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const mask = this.#slots.length - 1;
    let slot = mixed(hash) & mask;
    for (;;) {
      const id = this.#slots[slot]!;
      if (id === -1) return this.#add(bytes, start, end, hash, slot);
      if (this.#hashes[id] === hash && this.#isEqual(id, bytes, start, end)) return id;
      slot = (slot + 1) & mask;
    }
  }

  #isEqual(id: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = this.#starts[id]!;
    if (this.#starts[id + 1]! - from !== end - start) return false;
    for (let k = 0; k < end - start; k++) {
      if (this.#pool[from + k] !== bytes[start + k]) return false;
    }
    return true;
  }

  #add(bytes: Uint8Array, start: number, end: number, hash: number, slot: number): number {
    const id = this.#count++;
    if (id + 1 >= this.#hashes.length) this.#growNames();
    const from = this.#starts[id]!;
    const until = from + end - start;
    if (until > this.#pool.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(until, this.#pool.length * 2));
      this.#pool.copy(larger, 0, 0, from);
      this.#pool = larger;
    }
    this.#pool.set(bytes.subarray(start, end), from);
    this.#starts[id + 1] = until;
    this.#hashes[id] = hash;
    this.#slots[slot] = id;
    if (this.#count * 2 > this.#slots.length) this.#growSlots();
    return id;
  }

  #growNames(): void {
    const hashes = new Int32Array(this.#hashes.length * 2);
    hashes.set(this.#hashes);
    this.#hashes = hashes;
    const starts = new Uint32Array(hashes.length + 1);
    starts.set(this.#starts);
    this.#starts = starts;
  }

  #growSlots(): void {
    this.#slots = new Int32Array(this.#slots.length * 2).fill(-1);
    const mask = this.#slots.length - 1;
    for (let id = 0; id < this.#count; id++) {
      let slot = mixed(this.#hashes[id]!) & mask;
      while (this.#slots[slot] !== -1) slot = (slot + 1) & mask;
      this.#slots[slot] = id;
    }
  }
}

/** Spreads the bits of a hash, of which a table uses only the lowest. */
export function mixed(hash: number): number {
  const word = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return word ^ (word >>> 13);
}
