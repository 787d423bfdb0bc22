/** Each class is 2 % wider than the one before. */
const GROWTH = Math.log(1.02);
/** Class 0 holds everything up to 10 microseconds. */
const SMALLEST_MS = 0.01;

/** Counts latencies in classes of 2 %, so that quantiles of any number of calls take a few kilobytes. */
export class LatencyHistogram {
  readonly #counts: number[] = [];
  #total = 0;

  /** @param latencyMs 0 or more */
  add(latencyMs: number): void {
    const index = Math.max(
      0,
      Math.ceil(Math.log(Math.max(latencyMs, SMALLEST_MS) / SMALLEST_MS) / GROWTH),
    );
    while (this.#counts.length <= index) this.#counts.push(0);
    this.#counts[index]!++;
    this.#total++;
  }

  /**
   * The latency that a share of the calls does not exceed.
   *
   * @param share in (0, 1]
   * @returns milliseconds; null without a call
   */
  quantile(share: number): number | null {
    if (this.#total === 0) return null;
    let left = Math.ceil(share * this.#total);
    for (let index = 0; index < this.#counts.length; index++) {
      left -= this.#counts[index]!;
      // The middle of the class, on the logarithmic scale.
      if (left <= 0) return SMALLEST_MS * Math.exp((index - 0.5) * GROWTH);
    }
    return null;
  }
}
