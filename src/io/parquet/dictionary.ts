import { damaged } from './parquet-problem.ts';
import type { PhysicalValue } from './physical-value.ts';
import { valueAt, widthOf } from './plain-values.ts';
import type { SchemaElement } from './schema-element.ts';

/** The different values of a column, by number. */
export class Dictionary {
  readonly count: number;
  readonly #element: SchemaElement;
  readonly #bytes: Buffer;
  readonly #width: number;
  /** Where each value of varying length begins. */
  readonly #starts: Uint32Array | null;

  /** @param count how many there are said to be. @throws ParquetProblem, RangeError where there are fewer. */
  constructor(element: SchemaElement, bytes: Buffer, count: number) {
    this.#element = element;
    this.#bytes = bytes;
    this.count = count;
    const varies = element.physical === 'BYTE_ARRAY';
    this.#width = varies ? 0 : widthOf(element);
    if (!varies && this.#width === 0) throw damaged('truth values have a dictionary');
    if (count < 0 || count * (this.#width || 4) > bytes.length) {
      throw damaged('a dictionary is shorter than it says');
    }
    this.#starts = varies ? startsOf(bytes, count) : null;
  }

  /** @throws ParquetProblem for a number that has no value. */
  at(number: number): PhysicalValue {
    if (number >= this.count) throw damaged('a value is not in the dictionary');
    if (this.#starts === null) {
      return valueAt(this.#element.physical!, this.#bytes, number * this.#width, this.#width);
    }
    return this.#bytes.subarray(this.#starts[number]! + 4, this.#starts[number + 1]);
  }
}

function startsOf(bytes: Buffer, count: number): Uint32Array {
  const starts = new Uint32Array(count + 1);
  let at = 0;
  for (let number = 0; number < count; number++) {
    starts[number] = at;
    at += 4 + bytes.readUInt32LE(at);
    if (at > bytes.length) throw damaged('a dictionary is shorter than it says');
  }
  starts[count] = at;
  return starts;
}
