import type { Cells } from '../../io/delimited/index.ts';
import type { ChosenVerdict } from './choose-verdict.ts';
import type { ComparisonCollector } from './comparison-collector.ts';
import type { DelimitedColumns, FeatureColumn } from './delimited-columns.ts';
import { charactersIn, featureDifference } from './feature-values.ts';
import { FileNames, NO_NAME } from './file-names.ts';
import { FileVerdicts } from './file-verdicts.ts';
import type { GroupColumnBuilder } from './group-column-builder.ts';
import { shownValue } from './invalid-values.ts';
import type { ReadComparisonsOptions } from './read-options.ts';
import { type RowVerdict, rowVerdict } from './row-verdict.ts';
import { dayOfTime, timeOfVerdict } from './time-of-verdict.ts';
import { addVerdict, isWithoutVerdict } from './verdict-rows.ts';

/** Turns rows of cells into rows of the table, on bytes as far as it goes. */
export class DelimitedRows {
  readonly #collector: ComparisonCollector;
  readonly #columns: DelimitedColumns;
  readonly #options: ReadComparisonsOptions;
  readonly #file: string;
  readonly #names: FileNames;
  readonly #verdicts: FileVerdicts;
  readonly #groups: readonly { readonly at: number; readonly builder: GroupColumnBuilder }[];
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  readonly #values: Float64Array;
  readonly #promptAt: number;

  constructor(
    collector: ComparisonCollector,
    columns: DelimitedColumns,
    options: ReadComparisonsOptions,
    file: string,
  ) {
    this.#collector = collector;
    this.#columns = columns;
    this.#options = options;
    this.#file = file;
    const text = (cells: Cells, at: number) => this.#text(cells, at);
    this.#names = new FileNames(collector, text);
    this.#verdicts = new FileVerdicts(this.#names, options.winnerIs, text);
    this.#groups = columns.groups.map(({ name, at }) => ({ at, builder: collector.group(name) }));
    this.#values = new Float64Array(columns.features.length);
    this.#promptAt = columns.groups.find(({ name }) => name === 'prompt')?.at ?? -1;
  }

  /** Takes one row; what it does not understand goes to the collector's invalid values. */
  add(cells: Cells): void {
    const problem = this.#take(cells);
    if (problem !== null) this.#collector.invalid.add(this.#file, cells.line, problem);
  }

  #take(cells: Cells): string | null {
    const columns = this.#columns;
    if (cells.count !== columns.count) {
      return `has ${cells.count} cells where the first line has ${columns.count}`;
    }
    const left = this.#names.numberOf(cells, columns.left);
    const right = this.#names.numberOf(cells, columns.right);
    if (left === NO_NAME) return this.#noName(cells, columns.left);
    if (right === NO_NAME) return this.#noName(cells, columns.right);
    if (left === right) {
      return `compares ${shownValue(this.#text(cells, columns.left))} with itself`;
    }
    const verdict =
      columns.kind === 'word'
        ? this.#verdicts.verdictOf(cells, columns.verdicts[0]!, left, right)
        : this.#rowVerdict(cells, columns.kind);
    if (typeof verdict === 'string') return verdict;
    const weight = columns.weight < 0 ? 1 : this.#number(cells, columns.weight, 1);
    if (!(weight >= 0 && weight < Number.POSITIVE_INFINITY)) {
      return `the weight is ${shownValue(this.#text(cells, columns.weight))}`;
    }
    const feature = columns.features.length === 0 ? undefined : this.#unreadFeature(cells);
    if (feature) {
      return `${feature.name} is not a number: ${shownValue(this.#text(cells, feature.at))}`;
    }
    const day = columns.time < 0 ? null : this.#day(cells);
    if (day === '') {
      const shown = shownValue(this.#text(cells, columns.time));
      return `the timestamp ${shown} is not understood`;
    }
    if (isWithoutVerdict(this.#collector, verdict)) return null;
    this.#add(cells, left, right, verdict, weight, day);
    return null;
  }

  #add(
    cells: Cells,
    left: number,
    right: number,
    verdict: ChosenVerdict | Exclude<RowVerdict, { kind: 'none' }>,
    weight: number,
    day: string | null,
  ): void {
    const [leftItem, rightItem] = [this.#names.itemOf(left), this.#names.itemOf(right)];
    const collector = this.#collector;
    if (this.#columns.kind === 'word' && 'spelling' in verdict && verdict.code !== null) {
      // Nearly all rows of large files are of this kind: nothing is made for them.
      collector.noteSpelling(verdict.spelling);
      this.#fill(cells, collector.add(leftItem, rightItem, verdict.code, weight), 1, day);
      return;
    }
    addVerdict(collector, leftItem, rightItem, verdict, weight, {
      id: () => `${this.#file}:${cells.line}`,
      fill: (row, sign) => this.#fill(cells, row, sign, day),
    });
  }

  #rowVerdict(cells: Cells, kind: Exclude<DelimitedColumns['kind'], 'word'>) {
    const { left, right, verdicts } = this.#columns;
    const names = [this.#text(cells, left)!, this.#text(cells, right)!] as const;
    const values = verdicts.map((at) => this.#text(cells, at));
    return rowVerdict(kind, values, names);
  }

  /** Sets all that comes from these cells; `sign` is -1 where the items changed sides. */
  #fill(cells: Cells, row: number, sign: 1 | -1, day: string | null): void {
    for (const { at, builder } of this.#groups) {
      builder.set(row, cells.bytes, cells.start[at]!, cells.end[at]!, cells.hash[at]!);
    }
    if (day !== null) this.#collector.setGroup('day', row, day);
    if (this.#columns.turn >= 0) this.#setTurn(cells, row);
    if (this.#columns.features.length === 0) return;
    for (const [k, { name }] of this.#columns.features.entries()) {
      this.#collector.setFeature(name, row, sign * this.#values[k]!);
    }
  }

  #setTurn(cells: Cells, row: number): void {
    const [prompt, turn] = [this.#promptAt, this.#columns.turn].map((at) => this.#text(cells, at));
    this.#collector.setTurn(row, prompt ?? '', turn ?? '');
  }

  #noName(cells: Cells, at: number): string {
    return this.#text(cells, at) === null ? 'a name is not UTF-8' : 'the name of an item is empty';
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

  #unreadFeature(cells: Cells): FeatureColumn | undefined {
    return this.#columns.features.find((one, k) => !this.#readFeature(cells, one, k));
  }

  #readFeature(cells: Cells, { at, other, counted }: FeatureColumn, k: number): boolean {
    const valueAt = (place: number) =>
      counted
        ? charactersIn(cells.bytes, cells.start[place]!, cells.end[place]!)
        : this.#number(cells, place, Number.NaN);
    const form = this.#options.featureForm ?? 'relative';
    this.#values[k] =
      other < 0 ? valueAt(at) : featureDifference(valueAt(at), valueAt(other), form);
    return Number.isFinite(this.#values[k]!);
  }

  /** The day of the verdict; empty when the timestamp is not understood. */
  #day(cells: Cells): string {
    const time = timeOfVerdict(this.#text(cells, this.#columns.time));
    return time === null ? '' : dayOfTime(time);
  }
}
