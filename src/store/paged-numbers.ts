type NumberArray = Float64Array | Uint32Array | Uint16Array | Uint8Array;

const PAGE_BITS = 14;
const PAGE_SIZE = 1 << PAGE_BITS;
const PAGE_MASK = PAGE_SIZE - 1;

/**
 * A list of numbers of one typed array's kind that grows without copying. Only pages of 16,384
 * numbers in which something other than the default was set take memory.
 */
export class PagedNumbers {
  readonly #kind: new (
    length: number,
  ) => NumberArray;
  readonly #missing: number;
  readonly #pages: (NumberArray | undefined)[] = [];

  /** @param missing what `get` returns for a number that was never set; default 0. */
  constructor(kind: new (length: number) => NumberArray, missing = 0) {
    this.#kind = kind;
    this.#missing = missing;
  }

  get(index: number): number {
    const page = this.#pages[index >>> PAGE_BITS];
    return page === undefined ? this.#missing : page[index & PAGE_MASK]!;
  }

  set(index: number, value: number): void {
    const number = index >>> PAGE_BITS;
    let page = this.#pages[number];
    if (page === undefined) {
      if (value === this.#missing) return;
      page = new this.#kind(PAGE_SIZE);
      if (this.#missing !== 0) page.fill(this.#missing);
      while (this.#pages.length <= number) this.#pages.push(undefined);
      this.#pages[number] = page;
    }
    page[index & PAGE_MASK] = value;
  }
}
