import { bitsAt, varintAt } from './bits.ts';
import { damaged } from './parquet-problem.ts';

const MAX_WIDTH = 32;

/**
 * Reads numbers of few bits, packed or as runs of the same one (Parquet's RLE and bit-packing hybrid), one after the
 * other: a run is never written out, however long it says it is.
 */
export class RunLengths {
  readonly #bytes: Buffer;
  readonly #width: number;
  #at: number;
  #left = 0;
  #value = 0;
  /** The bit at which the next packed number is; -1 in a run. */
  #bit = -1;

  /** @param width bits of a number; 0: all are 0. */
  constructor(bytes: Buffer, from: number, width: number) {
    if (width > MAX_WIDTH) throw damaged('numbers are said to be too wide');
    this.#bytes = bytes;
    this.#at = from;
    this.#width = width;
  }

  /** @throws RangeError, ParquetProblem where there are no more. */
  next(): number {
    if (this.#width === 0) return 0;
    while (this.#left === 0) this.#begin();
    this.#left--;
    if (this.#bit < 0) return this.#value;
    const value = bitsAt(this.#bytes, this.#bit, this.#width);
    this.#bit += this.#width;
    return value;
  }

  #begin(): void {
    const { value, end } = varintAt(this.#bytes, this.#at);
    const count = Number(value >> 1n);
    if (value % 2n === 1n) {
      this.#bit = 8 * end;
      this.#left = 8 * count;
      this.#at = end + this.#width * count;
      return;
    }
    const bytes = Math.ceil(this.#width / 8);
    this.#value = this.#bytes.readUIntLE(end, bytes);
    this.#bit = -1;
    this.#left = count;
    this.#at = end + bytes;
  }
}
