const ROOT = 0;
const FIRST_CAPACITY = 1 << 12;
const MAX_FULL = 0.5;

/**
 * Counts the n-grams that a list of symbols has in common with others. The n-grams of the references are a tree, a
 * node for each, whose branches stand in one open-addressing table that is used again for the next text: no n-gram is
 * ever made as a text or a list, and one that no reference has is left at its first symbol.
 */
export class GramMatches {
  readonly #maxOrder: number;
  #parents = new Int32Array(FIRST_CAPACITY);
  #symbols = new Int32Array(FIRST_CAPACITY);
  #children = new Int32Array(FIRST_CAPACITY);
  /** In which use a slot was filled; any other one is empty. */
  #filledIn = new Uint32Array(FIRST_CAPACITY);
  #use = 0;
  #nodes = 1;
  /** By node: how often the reference at hand has it, and the most that any reference has. */
  #counts = new Int32Array(FIRST_CAPACITY);
  #most = new Int32Array(FIRST_CAPACITY);

  /** @param maxOrder the longest n-grams. */
  constructor(maxOrder: number) {
    this.#maxOrder = maxOrder;
  }

  /**
   * Counts by order, 1 first, how many n-grams of `symbols` stand in the references; each as often as in the
   * reference that has it most.
   */
  count(symbols: Int32Array, references: readonly Int32Array[]): number[] {
    this.#clear();
    for (const reference of references) this.#addReference(reference);
    const matches = new Array<number>(this.#maxOrder).fill(0);
    for (let start = 0; start < symbols.length; start++) {
      const orders = Math.min(this.#maxOrder, symbols.length - start);
      let node = ROOT;
      for (let order = 0; order < orders; order++) {
        node = this.#children[this.#slotOf(node, symbols[start + order]!)]!;
        if (node === ROOT) break;
        if (this.#most[node]! === 0) continue;
        this.#most[node]!--;
        matches[order]!++;
      }
    }
    return matches;
  }

  #clear(): void {
    if (++this.#use === 2 ** 32) {
      this.#filledIn.fill(0);
      this.#use = 1;
    }
    this.#nodes = 1;
  }

  #addReference(symbols: Int32Array): void {
    const touched: number[] = [];
    for (let start = 0; start < symbols.length; start++) {
      const orders = Math.min(this.#maxOrder, symbols.length - start);
      let node = ROOT;
      for (let order = 0; order < orders; order++) {
        node = this.#branch(node, symbols[start + order]!);
        if (this.#counts[node]!++ === 0) touched.push(node);
      }
    }
    for (const node of touched) {
      this.#most[node] = Math.max(this.#most[node]!, this.#counts[node]!);
      this.#counts[node] = 0;
    }
  }

  #branch(parent: number, symbol: number): number {
    const slot = this.#slotOf(parent, symbol);
    const known = this.#children[slot]!;
    if (known !== ROOT) return known;
    const node = this.#nodes++;
    this.#fill(slot, parent, symbol, node);
    this.#counts[node] = 0;
    this.#most[node] = 0;
    if (node >= this.#children.length * MAX_FULL) this.#grow();
    return node;
  }

  /** The slot of a branch; an empty one has no child. */
  #slotOf(parent: number, symbol: number): number {
    const mask = this.#children.length - 1;
    let hash = Math.imul(parent, 0x9e3779b1) ^ Math.imul(symbol, 0x85ebca6b);
    hash ^= hash >>> 15;
    let slot = Math.imul(hash, 0xc2b2ae35) >>> 7;
    for (slot &= mask; this.#filledIn[slot] === this.#use; slot = (slot + 1) & mask) {
      if (this.#parents[slot] === parent && this.#symbols[slot] === symbol) return slot;
    }
    this.#children[slot] = ROOT;
    return slot;
  }

  #fill(slot: number, parent: number, symbol: number, node: number): void {
    this.#filledIn[slot] = this.#use;
    this.#parents[slot] = parent;
    this.#symbols[slot] = symbol;
    this.#children[slot] = node;
  }

  #grow(): void {
    const old = {
      parents: this.#parents,
      symbols: this.#symbols,
      children: this.#children,
      filledIn: this.#filledIn,
    };
    const capacity = 2 * old.children.length;
    this.#parents = new Int32Array(capacity);
    this.#symbols = new Int32Array(capacity);
    this.#children = new Int32Array(capacity);
    this.#filledIn = new Uint32Array(capacity);
    const [counts, most] = [this.#counts, this.#most];
    this.#counts = new Int32Array(capacity);
    this.#most = new Int32Array(capacity);
    this.#counts.set(counts);
    this.#most.set(most);
    for (let slot = 0; slot < old.children.length; slot++) {
      if (old.filledIn[slot] !== this.#use) continue;
      const [parent, symbol] = [old.parents[slot]!, old.symbols[slot]!];
      this.#fill(this.#slotOf(parent, symbol), parent, symbol, old.children[slot]!);
    }
  }
}
