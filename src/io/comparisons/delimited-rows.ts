import { ByteInterner } from './byte-interner.ts';
import type { Cells } from './cells.ts';
import type { ComparisonCollector } from './comparison-collector.ts';
import type { DelimitedColumns } from './delimited-columns.ts';
import { type FeatureForm, featureDifference } from './feature-values.ts';
import type { GroupColumnBuilder } from './group-column-builder.ts';
import { shownValue } from './invalid-values.ts';
import { dayOfTime, timeOfVerdict } from './time-of-verdict.ts';
import { unknownVerdict, verdictCode } from './verdict-words.ts';

/** Instead of an item: what cannot be a name, and a name that no row of the table has yet. */
const NO_ITEM = -1;
const NOT_YET = -2;

/**
 * Turns rows of cells into rows of the table. Names and verdicts are known by their bytes: only one
 * that has not been seen before in the file becomes a string.
 */
export class DelimitedRows {
  readonly #collector: ComparisonCollector;
  readonly #columns: DelimitedColumns;
  readonly #form: FeatureForm;
  readonly #file: string;
  readonly #names = new ByteInterner();
  /** Item of each name, or `NO_ITEM`, or `NOT_YET`. */
  readonly #items: number[] = [];
  readonly #words = new ByteInterner();
  /** Code of each spelling of a verdict; undefined for one that is not understood. */
  readonly #codes: (number | undefined)[] = [];
  readonly #groups: readonly { readonly at: number; readonly builder: GroupColumnBuilder }[];
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  readonly #values: Float64Array;

  constructor(
    collector: ComparisonCollector,
    columns: DelimitedColumns,
    form: FeatureForm,
    file: string,
  ) {
    this.#collector = collector;
    this.#columns = columns;
    this.#form = form;
    this.#file = file;
    this.#groups = columns.groups.map(({ name, at }) => ({ at, builder: collector.group(name) }));
    this.#values = new Float64Array(columns.features.length);
  }

  /** Takes one row; what it does not understand goes to the collector's invalid values. */
  add(cells: Cells): void {
    const columns = this.#columns;
    if (cells.count !== columns.count) {
      this.#invalid(cells, `has ${cells.count} cells where the first line has ${columns.count}`);
      return;
    }
    const left = this.#name(cells, columns.left);
    const right = this.#name(cells, columns.right);
    const verdict = this.#verdict(cells);
    if (this.#items[left] === NO_ITEM || this.#items[right] === NO_ITEM || verdict === undefined) {
      this.#explain(cells, this.#items[left]!, this.#items[right]!);
      return;
    }
    if (left === right) {
      this.#invalid(cells, `compares ${shownValue(this.#text(cells, columns.left))} with itself`);
      return;
    }
    const weight = columns.weight < 0 ? 1 : this.#number(cells, columns.weight, 1);
    if (!(weight >= 0 && weight < Number.POSITIVE_INFINITY)) {
      this.#invalid(cells, `the weight is ${shownValue(this.#text(cells, columns.weight))}`);
      return;
    }
    if (!this.#readFeatures(cells)) return;
    const day = columns.time < 0 ? null : this.#day(cells);
    if (day === '') return;
    const row = this.#collector.add(
      this.#item(cells, columns.left, left),
      this.#item(cells, columns.right, right),
      verdict,
      weight,
    );
    for (const { at, builder } of this.#groups) {
      builder.set(row, cells.bytes, cells.start[at]!, cells.end[at]!, cells.hash[at]!);
    }
    if (day !== null) this.#collector.setGroup('day', row, day);
    for (const [k, { name }] of columns.features.entries()) {
      this.#collector.setFeature(name, row, this.#values[k]!);
    }
  }

  /** Number of a name in this file. */
  #name(cells: Cells, at: number): number {
    const before = this.#names.count;
    const [start, end] = [cells.start[at]!, cells.end[at]!];
    const name = this.#names.intern(cells.bytes, start, end, cells.hash[at]!);
    if (name === before) this.#items.push(this.#text(cells, at) ? NOT_YET : NO_ITEM);
    return name;
  }

  /** The item of a name; it becomes one with its first row that is understood. */
  #item(cells: Cells, at: number, name: number): number {
    const known = this.#items[name]!;
    if (known >= 0) return known;
    const item = this.#collector.item(this.#text(cells, at)!);
    this.#items[name] = item;
    return item;
  }

  #verdict(cells: Cells): number | undefined {
    const at = this.#columns.verdict;
    const before = this.#words.count;
    const [start, end] = [cells.start[at]!, cells.end[at]!];
    // A file with a million different wrong verdicts must not fill the memory with them.
    if (before > 10_000) return verdictCode(this.#text(cells, at));
    const word = this.#words.intern(cells.bytes, start, end, cells.hash[at]!);
    if (word === before) this.#codes.push(verdictCode(this.#text(cells, at)));
    return this.#codes[word];
  }

  /** The text of a cell; null when its bytes are not UTF-8. */
  #text(cells: Cells, at: number): string | null {
    try {
      return this.#decoder.decode(cells.bytes.subarray(cells.start[at]!, cells.end[at]!));
    } catch {
      return null;
    }
  }

  #number(cells: Cells, at: number, empty: number): number {
    const text = this.#text(cells, at)?.trim();
    return text === '' ? empty : Number(text);
  }

  #readFeatures(cells: Cells): boolean {
    for (const [k, { name, at, other }] of this.#columns.features.entries()) {
      const value = this.#number(cells, at, Number.NaN);
      const against = other < 0 ? 0 : this.#number(cells, other, Number.NaN);
      this.#values[k] = other < 0 ? value : featureDifference(value, against, this.#form);
      if (Number.isFinite(this.#values[k]!)) continue;
      this.#invalid(cells, `${name} is not a number: ${shownValue(this.#text(cells, at))}`);
      return false;
    }
    return true;
  }

  /** The day of the verdict; empty when the timestamp is not understood. */
  #day(cells: Cells): string {
    const text = this.#text(cells, this.#columns.time);
    const time = timeOfVerdict(text);
    const day = time === null ? '' : dayOfTime(time);
    if (day === '') this.#invalid(cells, `the timestamp ${shownValue(text)} is not understood`);
    return day;
  }

  #explain(cells: Cells, left: number, right: number): void {
    const at = left === NO_ITEM ? this.#columns.left : this.#columns.right;
    if (left !== NO_ITEM && right !== NO_ITEM) {
      const word = this.#text(cells, this.#columns.verdict);
      const names = [this.#columns.left, this.#columns.right].map((one) => this.#text(cells, one));
      const shown = shownValue(word ?? 'bytes that are not UTF-8');
      this.#invalid(cells, unknownVerdict(shown, word !== null && names.includes(word)));
    } else if (this.#text(cells, at) === null) {
      this.#invalid(cells, 'a name is not UTF-8');
    } else {
      this.#invalid(cells, 'the name of an item is empty');
    }
  }

  #invalid(cells: Cells, problem: string): void {
    this.#collector.invalid.add(this.#file, cells.line, problem);
  }
}
