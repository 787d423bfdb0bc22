import { HASH_START, hashByte, mixed } from '../../io/delimited/index.ts';
import type { GroupColumn } from '../../ranking/index.ts';
import { isMissingCell } from './missing-words.ts';

/** Up to so many different names, and bytes of them, are kept; beyond, only which rows belong together. */
const MAX_NAMES = 65_536;
const MAX_NAME_BYTES = 32 * 1024 * 1024;
const MAX_FILLED = 0.8;
/** Stands for a row without a group until the number of groups is known. */
const NO_GROUP = 0xffff_ffff;
/** Space, tab, return and newline. */
const BLANK = new Uint8Array(256);
for (const byte of [0x20, 0x09, 0x0d, 0x0a]) BLANK[byte] = 1;

/**
 * Numbers the groups of a column by a 64-bit hash of their names: about 4 bytes a row and 13 to 18 for
 * each different name, however long the names are. White space around a name is not part of it.
 */
export class GroupColumnBuilder {
  #ids: Uint32Array;
  #slots = new Int32Array(256).fill(-1);
  #first = new Int32Array(256);
  #second = new Int32Array(256);
  #names: string[] | null = [];
  #nameBytes = 0;
  #count = 0;
  #filled = 0;

  readonly #gaps: boolean;

  /**
   * @param expectedRows rows to make room for at first.
   * @param gaps true where an empty cell, `NA` and the like are no value; else they are one like others.
   */
  constructor(expectedRows: number, gaps = false) {
    this.#gaps = gaps;
    this.#ids = new Uint32Array(Math.max(16, expectedRows)).fill(NO_GROUP);
  }

  /** Rows that have a group. */
  get filled(): number {
    return this.#filled;
  }

  /** Puts a row into the group whose name stands at `start .. end - 1`. */
  set(row: number, bytes: Uint8Array, start: number, end: number, hash: number): void {
    if (this.#gaps && isMissingCell(bytes, start, end)) return;
    if (end > start && (BLANK[bytes[start]!] === 1 || BLANK[bytes[end - 1]!] === 1)) {
      this.#setTrimmed(row, bytes, start, end);
      return;
    }
    let second = (end - start) | 0;
    for (let k = start; k < end; k++) {
      second = Math.imul(((second << 5) | (second >>> 27)) ^ bytes[k]!, 0x9e3779b1);
    }
    const before = this.#count;
    const id = this.#number(hash, second);
    if (this.#count > before) this.#keepName(bytes, start, end);
    if (row >= this.#ids.length) {
      const room = Math.max(row + 1, Math.ceil(this.#ids.length * 1.5));
      const larger = new Uint32Array(room).fill(NO_GROUP, this.#ids.length);
      larger.set(this.#ids);
      this.#ids = larger;
    }
    this.#ids[row] = id;
    this.#filled += 1;
  }

  /**
   * The column of a table with `rows` rows. Each row without a group gets one of its own, after all
   * others: what is not known is not taken to be the same.
   */
  finish(rows: number): GroupColumn {
    const [known, names] = [this.#count, this.#names];
    if (this.#filled === rows) return { ids: this.#ids, count: known, names };
    const ids = new Uint32Array(rows).fill(NO_GROUP);
    ids.set(this.#ids.subarray(0, rows));
    let next = known;
    for (let row = 0; row < rows; row++) if (ids[row] === NO_GROUP) ids[row] = next++;
    return { ids, count: next, known, names };
  }

  #setTrimmed(row: number, bytes: Uint8Array, start: number, end: number): void {
    let [from, until] = [start, end];
    while (from < until && BLANK[bytes[from]!] === 1) from++;
    while (until > from && BLANK[bytes[until - 1]!] === 1) until--;
    let hash = HASH_START;
    for (let k = from; k < until; k++) hash = hashByte(hash, bytes[k]!);
    this.set(row, bytes, from, until, hash);
  }

  #keepName(bytes: Uint8Array, start: number, end: number): void {
    if (this.#names === null) return;
    this.#nameBytes += end - start;
    if (this.#count > MAX_NAMES || this.#nameBytes > MAX_NAME_BYTES) this.#names = null;
    // A name that is not UTF-8 shows replacement characters; the hash keeps it apart all the same.
    else
      this.#names.push(Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString());
  }

  #number(first: number, second: number): number {
    const mask = this.#slots.length - 1;
    let slot = mixed(first ^ second) & mask;
    for (;;) {
      const id = this.#slots[slot]!;
      if (id === -1) break;
      if (this.#first[id] === first && this.#second[id] === second) return id;
      slot = (slot + 1) & mask;
    }
    const id = this.#count++;
    if (id === this.#first.length) this.#growHashes();
    this.#first[id] = first;
    this.#second[id] = second;
    this.#slots[slot] = id;
    if (this.#count > this.#slots.length * MAX_FILLED) this.#growSlots();
    return id;
  }

  #growHashes(): void {
    const room = Math.ceil(this.#first.length * 1.5);
    const [first, second] = [new Int32Array(room), new Int32Array(room)];
    first.set(this.#first);
    second.set(this.#second);
    this.#first = first;
    this.#second = second;
  }

  #growSlots(): void {
    this.#slots = new Int32Array(this.#slots.length * 2).fill(-1);
    const mask = this.#slots.length - 1;
    for (let id = 0; id < this.#count; id++) {
      let slot = mixed(this.#first[id]! ^ this.#second[id]!) & mask;
      while (this.#slots[slot] !== -1) slot = (slot + 1) & mask;
      this.#slots[slot] = id;
    }
  }
}
