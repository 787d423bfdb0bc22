/** Takes the text of a value that begins on this line. */
export interface ValueTaker {
  take(bytes: Buffer, line: number): void;
}

/** Cuts JSON lines into values. */
export class JsonLines {
  readonly #taker: ValueTaker;
  #line = 1;

  constructor(taker: ValueTaker) {
    this.#taker = taker;
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
      this.#taker.take(bytes.subarray(at, end), this.#line);
      this.#line += 1;
      at = end + 1;
    }
    return length;
  }
}
