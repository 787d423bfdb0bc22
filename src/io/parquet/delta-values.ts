import { bitsAt, varintAt } from './bits.ts';
import { damaged, ParquetProblem } from './parquet-problem.ts';
import type { PhysicalValues } from './physical-value.ts';

const MAX_MINIBLOCKS = 1_024;
const MAX_WIDTH = 64;
/** What the values of a page may come to that are written as differences of texts. */
const MOST_PAGE_BYTES = 512 * 1024 * 1024;

/** Reads whole numbers of which the differences are written (DELTA_BINARY_PACKED), one after the other. */
export class DeltaNumbers implements PhysicalValues {
  /** How many there are said to be. */
  readonly count: number;
  readonly #bytes: Buffer;
  readonly #bits: 32 | 64;
  readonly #miniblocks: number;
  readonly #perMiniblock: number;
  #at: number;
  #given = 0;
  #value: bigint;
  #smallest = 0n;
  /** Where the widths of the block's parts are; the next part; what is left of this one. */
  #widthsAt = 0;
  #miniblock: number;
  #left = 0;
  #bit = 0;
  #width = 0;

  /** @param bits of a value: it wraps around. @throws RangeError, ParquetProblem */
  constructor(bytes: Buffer, from: number, bits: 32 | 64) {
    this.#bytes = bytes;
    this.#bits = bits;
    this.#at = from;
    const blockSize = Number(this.#varint());
    this.#miniblocks = Number(this.#varint());
    this.count = Number(this.#varint());
    this.#value = this.#zigzag();
    this.#perMiniblock = blockSize / this.#miniblocks;
    this.#miniblock = this.#miniblocks;
    const isSound =
      this.#miniblocks >= 1 &&
      this.#miniblocks <= MAX_MINIBLOCKS &&
      this.#perMiniblock >= 8 &&
      this.#perMiniblock % 8 === 0;
    if (!isSound) throw damaged('differences have blocks of no size');
  }

  next(): number | bigint {
    if (this.#given === this.count) throw new RangeError('the values end too soon');
    if (this.#given++ > 0) {
      if (this.#left === 0) this.#beginMiniblock();
      this.#left--;
      this.#value = BigInt.asIntN(this.#bits, this.#value + this.#smallest + this.#difference());
    }
    return this.#bits === 32 ? Number(this.#value) : this.#value;
  }

  /** Passes over all numbers, none of which was read before. @returns the place behind them */
  end(): number {
    for (let left = this.count - 1; left > 0; left -= this.#perMiniblock) this.#beginMiniblock();
    return this.#at;
  }

  #beginMiniblock(): void {
    if (this.#miniblock === this.#miniblocks) {
      this.#smallest = this.#zigzag();
      this.#widthsAt = this.#at;
      this.#at += this.#miniblocks;
      this.#miniblock = 0;
    }
    this.#width = this.#bytes.readUInt8(this.#widthsAt + this.#miniblock++);
    if (this.#width > MAX_WIDTH) throw damaged('differences are said to be too wide');
    this.#left = this.#perMiniblock;
    this.#bit = 8 * this.#at;
    this.#at += (this.#width * this.#perMiniblock) / 8;
  }

  #difference(): bigint {
    const bit = this.#bit;
    const low = Math.min(this.#width, 32);
    this.#bit += this.#width;
    const value = BigInt(bitsAt(this.#bytes, bit, low));
    if (this.#width <= 32) return value;
    return value | (BigInt(bitsAt(this.#bytes, bit + 32, this.#width - 32)) << 32n);
  }

  #zigzag(): bigint {
    const value = this.#varint();
    return (value >> 1n) ^ -(value & 1n);
  }

  #varint(): bigint {
    const { value, end } = varintAt(this.#bytes, this.#at);
    this.#at = end;
    return value;
  }
}

/** Texts of which the lengths come first (DELTA_LENGTH_BYTE_ARRAY). */
export function lengthValues(bytes: Buffer, from: number): { next(): Buffer } {
  const lengths = new DeltaNumbers(bytes, from, 32);
  let at = new DeltaNumbers(bytes, from, 32).end();
  return {
    next: () => {
      const length = Number(lengths.next());
      if (length < 0 || at + length > bytes.length) throw new RangeError('a text ends too late');
      at += length;
      return bytes.subarray(at - length, at);
    },
  };
}

/** Texts of which each begins as the one before, for as long as is said (DELTA_BYTE_ARRAY). */
export function prefixValues(bytes: Buffer, from: number): PhysicalValues {
  const prefixes = new DeltaNumbers(bytes, from, 32);
  const rests = lengthValues(bytes, new DeltaNumbers(bytes, from, 32).end());
  let before: Buffer = Buffer.alloc(0);
  let total = 0;
  return {
    next: () => {
      const length = Number(prefixes.next());
      if (length < 0 || length > before.length) throw damaged('a text begins as none before');
      const rest = rests.next();
      before = length === 0 ? rest : Buffer.concat([before.subarray(0, length), rest]);
      total += before.length;
      if (total > MOST_PAGE_BYTES) throw new ParquetProblem('has a page of more than 512 MB');
      return before;
    },
  };
}
