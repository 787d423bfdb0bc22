/** What can stand in one `LinkedSet` at a time: it carries its own links. */
export abstract class Linked {
  /** Kept by the set. */
  before: Linked | undefined = undefined;
  /** Kept by the set. */
  after: Linked | undefined = undefined;
}

/**
 * Objects in the order in which they came, for those that come and go with every call. A `Map` or `Set` is written anew
 * every so often, and an old table that V8 has moved to its old space keeps the next ones alive, and with them all that
 * stood there, until everything is collected: of 100 calls in flight a fifth of what each had made outlived it, and was
 * copied (measured). What leaves this set holds on to nothing of it.
 */
export class LinkedSet<T extends Linked> {
  #first: T | undefined;
  #last: T | undefined;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The one that came first; undefined if there is none. */
  get first(): T | undefined {
    return this.#first;
  }

  /** The one that came last; undefined if there is none. */
  get last(): T | undefined {
    return this.#last;
  }

  /** The one that came before one that is here; undefined for the first. */
  before(one: T): T | undefined {
    return one.before as T | undefined;
  }

  /** Adds one that is in no set, behind all others. */
  add(one: T): void {
    one.before = this.#last;
    if (this.#last === undefined) this.#first = one;
    else this.#last.after = one;
    this.#last = one;
    this.#size++;
  }

  /** Adds one that is in no set, before all others. */
  addFirst(one: T): void {
    one.after = this.#first;
    if (this.#first === undefined) this.#last = one;
    else this.#first.before = one;
    this.#first = one;
    this.#size++;
  }

  /** Takes one out; false, and nothing happens, if it is in no set. */
  delete(one: T): boolean {
    if (one.before === undefined && one !== this.#first) return false;
    const before = one.before as T | undefined;
    const after = one.after as T | undefined;
    if (before === undefined) this.#first = after;
    else before.after = after;
    if (after === undefined) this.#last = before;
    else after.before = before;
    one.before = undefined;
    one.after = undefined;
    this.#size--;
    return true;
  }

  /** All that are here now. */
  all(): T[] {
    const all: T[] = [];
    for (let one = this.#first; one !== undefined; one = one.after as T | undefined) all.push(one);
    return all;
  }
}
