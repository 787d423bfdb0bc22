import type { JsonValues } from './json-values.ts';

/** Cuts JSON lines into values. */
export class JsonLines {
  readonly #values: JsonValues;
  #line = 1;

  constructor(values: JsonValues) {
    this.#values = values;
  }

  /** Number of the line that is read next. */
  get line(): number {
    return this.#line;
  }

  /** A `TakeLines`. */
  take(bytes: Buffer, length: number, final: boolean): number {
    let at = 0;
    while (at < length) {
      const newline = bytes.indexOf(0x0a, at);
      const complete = newline >= 0 && newline < length;
      if (!complete && !final) return at;
      const end = complete ? newline : length;
      this.#values.take(bytes.subarray(at, end), this.#line);
      this.#line += 1;
      at = end + 1;
    }
    return length;
  }
}
