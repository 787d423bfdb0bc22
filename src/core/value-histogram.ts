/** Each class is 2 % wider than the one before. */
const GROWTH = Math.log(1.02);
/** Class 0 holds everything up to this: 10 microseconds of a latency in milliseconds. */
const SMALLEST = 0.01;
/** The last class holds everything from this on: 30,000 years in milliseconds. */
const LARGEST = 1e15;

/** A value, and how many were like it. */
export interface ValueCount {
  /** Within 1 % of each; 0 for all up to 0.01. */
  readonly value: number;
  readonly count: number;
}

/** Counts values in classes of 2 %, so that quantiles of any number of them take a few kilobytes. */
export class ValueHistogram {
  readonly #counts: number[] = [];
  #total = 0;

  /** @param value 0 or more: milliseconds, tokens */
  add(value: number): void {
    const within = Math.min(LARGEST, Math.max(SMALLEST, value));
    const index = Math.ceil(Math.log(within / SMALLEST) / GROWTH);
    while (this.#counts.length <= index) this.#counts.push(0);
    this.#counts[index]!++;
    this.#total++;
  }

  /** How many values there are. */
  get total(): number {
    return this.#total;
  }

  /**
   * The value that a share of them does not exceed.
   *
   * @param share in (0, 1]
   * @returns null without a value
   */
  quantile(share: number): number | null {
    if (this.#total === 0) return null;
    let left = Math.ceil(share * this.#total);
    for (let index = 0; index < this.#counts.length; index++) {
      left -= this.#counts[index]!;
      if (left <= 0) return middleOf(index);
    }
    return null;
  }

  /** Every class that has values, from the smallest on. */
  counts(): ValueCount[] {
    return this.#counts.flatMap((count, index) =>
      count === 0 ? [] : [{ value: index === 0 ? 0 : middleOf(index), count }],
    );
  }
}

/** The middle of a class, on the logarithmic scale. */
function middleOf(index: number): number {
  return SMALLEST * Math.exp((index - 0.5) * GROWTH);
}
