const MAX_DENSE = 2048;

/**
 * Numbers pairs of items in the order in which they are met. Up to 2,048 items a square table finds a
 * pair, above that a hash table that grows with the pairs and not with the square of the items.
 */
export class PairIndex {
  readonly #items: number;
  readonly #dense: Int32Array | null;
  readonly #sparse: Map<number, number> | null;
  #first: Uint32Array = new Uint32Array(64);
  #second: Uint32Array = new Uint32Array(64);
  #count = 0;

  constructor(items: number) {
    this.#items = items;
    this.#dense = items <= MAX_DENSE ? new Int32Array(items * items).fill(-1) : null;
    this.#sparse = this.#dense === null ? new Map() : null;
  }

  /** Number of pairs met so far. */
  get count(): number {
    return this.#count;
  }

  /** Number of the ordered pair, a new one if it was never met. */
  idOf(first: number, second: number): number {
    const key = first * this.#items + second;
    const known = this.#dense === null ? this.#sparse!.get(key) : this.#dense[key];
    if (known !== undefined && known >= 0) return known;
    const id = this.#count++;
    if (this.#dense === null) this.#sparse!.set(key, id);
    else this.#dense[key] = id;
    if (id === this.#first.length) {
      this.#first = doubled(this.#first);
      this.#second = doubled(this.#second);
    }
    this.#first[id] = first;
    this.#second[id] = second;
    return id;
  }

  /** First and second item of each pair, by number. */
  members(): { first: Uint32Array; second: Uint32Array } {
    return { first: this.#first.slice(0, this.#count), second: this.#second.slice(0, this.#count) };
  }
}

function doubled(column: Uint32Array): Uint32Array {
  const larger = new Uint32Array(column.length * 2);
  larger.set(column);
  return larger;
}
