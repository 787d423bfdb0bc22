import type { ChunkBytes } from './chunk-bytes.ts';
import { unpackPage } from './codecs.ts';
import { DeltaNumbers, lengthValues, prefixValues } from './delta-values.ts';
import { Dictionary } from './dictionary.ts';
import { checkPageHeader, type PageHeader, readPageHeader } from './page-header.ts';
import { damaged, ParquetProblem } from './parquet-problem.ts';
import type { PhysicalValue, PhysicalValues } from './physical-value.ts';
import { plainValues, splitValues } from './plain-values.ts';
import type { ColumnChunk } from './row-group.ts';
import { RunLengths } from './run-lengths.ts';
import type { SchemaElement } from './schema-element.ts';

const FIRST_HEADER_BYTES = 16 * 1024;
const MOST_HEADER_BYTES = 64 * 1024 * 1024;
/** How levels are written by all programs of the last ten years. */
const RLE = 3;

/**
 * Goes through the values of a column in a group of rows, one after the other. A page at a time is held, besides the
 * dictionary.
 */
export class ColumnCursor {
  /** Says whether the value that the cursor is at is there, or of what it is in something is missing. */
  definition = 0;
  /** Says of which list the value is one more; 0: it is the first of a row. */
  repetition = 0;
  /** True behind the last value. */
  ended = false;
  readonly #chunk: ColumnChunk;
  readonly #bytes: ChunkBytes;
  #valuesLeft: number;
  #pageLeft = 0;
  #repetitions: RunLengths | null = null;
  #definitions: RunLengths | null = null;
  #values: PhysicalValues | null = null;
  #dictionary: Dictionary | null = null;

  /** @throws ParquetProblem, RangeError, as `next` does */
  constructor(chunk: ColumnChunk, bytes: ChunkBytes) {
    this.#chunk = chunk;
    this.#bytes = bytes;
    this.#valuesLeft = chunk.values;
    this.next();
  }

  /** Goes to the next value. @throws ParquetProblem, RangeError for bytes that are no values */
  next(): void {
    if (this.#valuesLeft === 0) {
      if (this.ended) throw damaged('a column has too few values');
      this.ended = true;
      this.definition = 0;
      this.repetition = 0;
      return;
    }
    while (this.#pageLeft === 0) this.#nextPage();
    this.#pageLeft--;
    this.#valuesLeft--;
    const { leaf } = this.#chunk;
    this.repetition = this.#repetitions?.next() ?? 0;
    this.definition = this.#definitions?.next() ?? leaf.definition;
    const isSound = this.repetition <= leaf.repetition && this.definition <= leaf.definition;
    if (!isSound) throw damaged('a level is higher than there are');
  }

  /** The value that the cursor is at; called once for each that is there. */
  value(): PhysicalValue {
    if (this.ended) throw damaged('a column has too few values');
    return this.#values!.next();
  }

  #nextPage(): void {
    const header = this.#header();
    this.#bytes.take(header.headerLength);
    const packed = this.#bytes.take(header.packedLength);
    if (header.kind === 'other') return;
    checkPageHeader(header);
    if (header.kind === 'dictionary') {
      const page = unpackPage(this.#chunk.codec, packed, header.length);
      this.#dictionary = new Dictionary(this.#chunk.leaf.element, page, header.values);
      return;
    }
    if (header.values > this.#valuesLeft) throw damaged('a column has too many values');
    this.#pageLeft = header.values;
    if (header.kind === 'data') this.#openPage(header, packed);
    else this.#openSecondPage(header, packed);
  }

  #header(): PageHeader {
    for (let length = FIRST_HEADER_BYTES; ; length *= 4) {
      const isAll = length >= this.#bytes.left;
      if (this.#bytes.left === 0) throw damaged('a column has too few values');
      try {
        const header = readPageHeader(this.#bytes.peek(length));
        if (header.packedLength < 0) throw damaged('a page has no length');
        return header;
      } catch (error) {
        if (!(error instanceof RangeError) || isAll || length > MOST_HEADER_BYTES) throw error;
      }
    }
  }

  /** Levels are before the values, packed with them, each with its length. */
  #openPage(header: PageHeader, packed: Buffer): void {
    const { leaf, codec } = this.#chunk;
    const page = unpackPage(codec, packed, header.length);
    let at = 0;
    const levels = (highest: number, encoding: number): RunLengths | null => {
      if (highest === 0) return null;
      if (encoding !== RLE) throw new ParquetProblem('has levels that are written as of old');
      const from = at + 4;
      at = from + page.readUInt32LE(at);
      return new RunLengths(page.subarray(0, at), from, widthOfLevel(highest));
    };
    this.#repetitions = levels(leaf.repetition, header.repetitionEncoding);
    this.#definitions = levels(leaf.definition, header.definitionEncoding);
    this.#values = this.#valuesOf(header, page, at);
  }

  /** Levels are before the values, never packed. */
  #openSecondPage(header: PageHeader, packed: Buffer): void {
    const { leaf, codec } = this.#chunk;
    const { repetitionBytes, definitionBytes, length, isPacked } = header;
    const levelBytes = repetitionBytes + definitionBytes;
    const levels = (from: number, bytes: number, highest: number) =>
      highest === 0
        ? null
        : new RunLengths(packed.subarray(0, from + bytes), from, widthOfLevel(highest));
    this.#repetitions = levels(0, repetitionBytes, leaf.repetition);
    this.#definitions = levels(repetitionBytes, definitionBytes, leaf.definition);
    const rest = packed.subarray(levelBytes);
    const page = isPacked ? unpackPage(codec, rest, length - levelBytes) : rest;
    this.#values = this.#valuesOf(header, page, 0);
  }

  #valuesOf({ encoding, values }: PageHeader, page: Buffer, from: number): PhysicalValues {
    const { element } = this.#chunk.leaf;
    const isDictionary = encoding === 2 || encoding === 8;
    if (!isDictionary) return encodedValues(element, encoding, page, from);
    const dictionary = this.#dictionary;
    // A page without values may lack all that they would need.
    if (dictionary === null || from >= page.length) {
      if (values === 0 || dictionary !== null) return NO_VALUES;
      throw damaged('a column lacks its dictionary');
    }
    const numbers = new RunLengths(page, from + 1, page[from]!);
    return { next: () => dictionary.at(numbers.next()) };
  }
}

const NO_VALUES: PhysicalValues = {
  next: () => {
    throw new RangeError('the values end too soon');
  },
};

function encodedValues(
  element: SchemaElement,
  encoding: number,
  page: Buffer,
  from: number,
): PhysicalValues {
  const { physical } = element;
  const isBytes = physical === 'BYTE_ARRAY' || physical === 'FIXED_LEN_BYTE_ARRAY';
  if (encoding === 0) return plainValues(element, page, from);
  if (encoding === 9) return splitValues(element, page, from);
  // Nulls alone have no bytes, not even those that a start would need.
  if (from >= page.length) return NO_VALUES;
  if (encoding === 3 && physical === 'BOOLEAN') {
    const bits = new RunLengths(page, from + 4, 1);
    return { next: () => bits.next() === 1 };
  }
  if (encoding === 5 && (physical === 'INT32' || physical === 'INT64')) {
    return new DeltaNumbers(page, from, physical === 'INT32' ? 32 : 64);
  }
  if (encoding === 6 && isBytes) return lengthValues(page, from);
  if (encoding === 7 && isBytes) return prefixValues(page, from);
  throw new ParquetProblem(`has values that are written in a way that is not known (${encoding})`);
}

function widthOfLevel(highest: number): number {
  return 32 - Math.clz32(highest);
}
