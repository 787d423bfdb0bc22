import { damaged } from './parquet-problem.ts';

/** Types of Thrift's compact protocol. */
const TRUE = 1;
const FALSE = 2;
const BYTE = 3;
const I16 = 4;
const I64 = 6;
const DOUBLE = 7;
const BINARY = 8;
const LIST = 9;
const SET = 10;
const MAP = 11;
const STRUCT = 12;

const MAX_DEPTH = 64;

/** Reads the field of a struct and returns true, or false for one to be passed over. */
export type ReadField = (field: number, type: number) => boolean;

/**
 * Reads Thrift's compact protocol, in which Parquet's footers and page headers are written. Only what is asked for is
 * made into values; nothing is allocated by a number that the bytes claim.
 */
export class ThriftReader {
  /** Place of the next byte. */
  at: number;
  readonly #bytes: Buffer;
  #depth = 0;

  constructor(bytes: Buffer, at = 0) {
    this.#bytes = bytes;
    this.at = at;
  }

  /**
   * Reads a struct, field by field.
   *
   * @param type what the field that holds it is said to be; default a struct
   * @throws ParquetProblem, RangeError where the bytes end too soon.
   */
  struct(read: ReadField, type = STRUCT): void {
    if (type !== STRUCT) throw damaged('a structure is expected where there is none');
    if (++this.#depth > MAX_DEPTH) throw damaged(`a structure is over ${MAX_DEPTH} deep`);
    let field = 0;
    for (;;) {
      const head = this.#byte();
      const type = head & 0x0f;
      if (type === 0) break;
      const step = head >> 4;
      field = step === 0 ? this.#zigzag() : field + step;
      if (!read(field, type)) this.#skip(type);
    }
    this.#depth--;
  }

  /** The value of a field that is a whole number. */
  integer(type: number): number {
    if (type < BYTE || type > I64) throw damaged('a number is expected where there is none');
    return type === BYTE ? (this.#byte() << 24) >> 24 : this.#zigzag();
  }

  /** The value of a field that is true or false. */
  boolean(type: number): boolean {
    if (type !== TRUE && type !== FALSE) throw damaged('a truth value is expected');
    return type === TRUE;
  }

  /** The value of a field that is a text. */
  text(type: number): string {
    if (type !== BINARY) throw damaged('a text is expected where there is none');
    const length = this.#length();
    const from = this.at;
    this.at += length;
    return this.#bytes.toString('utf8', from, this.at);
  }

  /**
   * Reads a list of structs.
   *
   * @param each reads one, with `struct`
   */
  structs(type: number, each: () => void): void {
    if (type !== LIST) throw damaged('a list is expected where there is none');
    const { count, element } = this.#listHead();
    if (count > 0 && element !== STRUCT) throw damaged('a list of structures is expected');
    for (let at = 0; at < count; at++) each();
  }

  /** Passes over a struct. */
  skipStruct(): void {
    this.#skip(STRUCT);
  }

  #skip(type: number): void {
    if (type === TRUE || type === FALSE) return;
    if (type === BYTE) this.at += 1;
    else if (type >= I16 && type <= I64) this.#skipVarint();
    else if (type === DOUBLE) this.at += 8;
    else if (type === BINARY) this.#skipText();
    else if (type === LIST || type === SET) this.#skipList();
    else if (type === STRUCT) this.struct(() => false);
    else throw damaged(type === MAP ? 'there is a map' : `there is a value of type ${type}`);
  }

  #skipText(): void {
    const length = this.#length();
    this.at += length;
  }

  #skipList(): void {
    const { count, element } = this.#listHead();
    if (++this.#depth > MAX_DEPTH) throw damaged(`a structure is over ${MAX_DEPTH} deep`);
    // Within a list a truth value takes a byte.
    const type = element === TRUE || element === FALSE ? BYTE : element;
    for (let at = 0; at < count; at++) this.#skip(type);
    this.#depth--;
  }

  #listHead(): { readonly count: number; readonly element: number } {
    const head = this.#byte();
    const count = head >> 4 === 15 ? this.#varint() : head >> 4;
    // Every element takes a byte or more.
    if (count > this.#bytes.length - this.at) throw damaged('a list is longer than the file');
    return { count, element: head & 0x0f };
  }

  #length(): number {
    const length = this.#varint();
    if (length > this.#bytes.length - this.at) throw new RangeError('a text ends too late');
    return length;
  }

  #byte(): number {
    if (this.at >= this.#bytes.length) throw new RangeError('the bytes end too soon');
    return this.#bytes[this.at++]!;
  }

  #skipVarint(): void {
    while (this.#byte() >= 0x80);
  }

  #varint(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.#byte();
      value += (byte & 0x7f) * factor;
      if (value > Number.MAX_SAFE_INTEGER) throw damaged('a number is too large');
      if (byte < 0x80) return value;
    }
  }

  #zigzag(): number {
    const value = this.#varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }
}
