import type { Cells } from '../../io/delimited/index.ts';
import { ByteInterner } from '../../io/delimited/index.ts';
import type { ComparisonCollector } from './comparison-collector.ts';
import { itemName } from './item-name.ts';

/** Instead of a name: what cannot be one. */
export const NO_NAME = -1;

/**
 * The names of one file. They are known by their bytes: only a cell that has not been seen before
 * becomes a string, and cells that differ in white space or in Unicode form share a number.
 */
export class FileNames {
  readonly #collector: ComparisonCollector;
  readonly #cells = new ByteInterner();
  /** Number of the name of each different cell, or `NO_NAME`. */
  readonly #numbers: number[] = [];
  readonly #known = new Map<string, number>();
  readonly #names: string[] = [];
  /** Item of each name; -1 until a row with it was understood. */
  readonly #items: number[] = [];
  readonly #text: (cells: Cells, at: number) => string | null;

  /** @param text decodes a cell; null when it is not UTF-8. */
  constructor(collector: ComparisonCollector, text: (cells: Cells, at: number) => string | null) {
    this.#collector = collector;
    this.#text = text;
  }

  /** Different names so far. */
  get count(): number {
    return this.#names.length;
  }

  /** Number of the name in a cell; `NO_NAME` for one that is empty or not UTF-8. */
  numberOf(cells: Cells, at: number): number {
    const before = this.#cells.count;
    const [start, end] = [cells.start[at]!, cells.end[at]!];
    const cell = this.#cells.intern(cells.bytes, start, end, cells.hash[at]!);
    if (cell === before) this.#numbers.push(this.#newNumber(this.#text(cells, at)));
    return this.#numbers[cell]!;
  }

  /** Number of a name by its text; `NO_NAME` where the file does not have it so far. */
  find(text: string): number {
    const name = itemName(text, this.#collector.rename);
    return name === null ? NO_NAME : (this.#known.get(name) ?? NO_NAME);
  }

  /** The item of a name; it becomes one with its first row that is understood. */
  itemOf(number: number): number {
    const known = this.#items[number]!;
    if (known >= 0) return known;
    const item = this.#collector.item(this.#names[number]!);
    this.#items[number] = item;
    return item;
  }

  #newNumber(text: string | null): number {
    const name = text === null ? null : itemName(text, this.#collector.rename);
    if (name === null) return NO_NAME;
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const number = this.#names.push(name) - 1;
    this.#items.push(-1);
    this.#known.set(name, number);
    return number;
  }
}
