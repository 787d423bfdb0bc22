const FIRST_LENGTH = 64;

/** A column of numbers with room for any place, 0 where nothing was put. */
export class GrowingColumn {
  #values = new Float64Array(FIRST_LENGTH);

  at(place: number): number {
    return this.#values[place] ?? 0;
  }

  put(place: number, value: number): void {
    if (place >= this.#values.length) {
      const grown = new Float64Array(Math.max(place + 1, Math.ceil(1.5 * this.#values.length)));
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[place] = value;
  }
}
