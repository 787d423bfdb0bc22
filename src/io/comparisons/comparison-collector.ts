import type { ComparisonTable, GroupColumn } from '../../core/comparison-table.ts';
import { ComparisonTableBuilder } from '../../core/comparison-table-builder.ts';
import { HASH_START, hashByte } from './byte-interner.ts';
import { GroupColumnBuilder } from './group-column-builder.ts';
import { InvalidValues } from './invalid-values.ts';

/** Gathers the rows of all files into one table. */
export class ComparisonCollector {
  readonly invalid = new InvalidValues();
  /** Games without a verdict, dropped together with the other game of their line. */
  nullGames = 0;
  /** Rows left out because an answer gives its model away. */
  leaks = 0;
  /** Rows of rankings that do not say which answer was shown first. */
  rowsWithoutSides = 0;
  #builder: ComparisonTableBuilder | null = null;
  readonly #groups = new Map<string, GroupColumnBuilder>();
  #expectedRows = 1024;
  #rows = 0;
  #scratch = Buffer.allocUnsafeSlow(1024);

  get rows(): number {
    return this.#rows;
  }

  /** Rows that have a group in a column. */
  filled(column: string): number {
    return this.#groups.get(column)?.filled ?? 0;
  }

  /** Makes room for so many rows; of use before the first one only. */
  expectRows(count: number): void {
    this.#expectedRows = Math.max(16, Math.min(count, 2 ** 30));
  }

  item(name: string): number {
    return this.#table().item(name);
  }

  add(left: number, right: number, verdict: number, weight: number): number {
    this.#rows += 1;
    return this.#table().add(left, right, verdict, weight);
  }

  setFeature(name: string, row: number, value: number): void {
    this.#table().setFeature(name, row, value);
  }

  /** The builder of a group column, for readers that have bytes. */
  group(column: string): GroupColumnBuilder {
    let group = this.#groups.get(column);
    if (!group) {
      group = new GroupColumnBuilder(this.#expectedRows);
      this.#groups.set(column, group);
    }
    return group;
  }

  /** Puts a row into a group by its name. */
  setGroup(column: string, row: number, name: string): void {
    if (3 * name.length > this.#scratch.length) {
      this.#scratch = Buffer.allocUnsafeSlow(6 * name.length);
    }
    const end = this.#scratch.write(name);
    let hash = HASH_START;
    for (let at = 0; at < end; at++) hash = hashByte(hash, this.#scratch[at]!);
    this.group(column).set(row, this.#scratch, 0, end, hash);
  }

  /** The table; group columns that some rows lack are left out and named. */
  finish(): { table: ComparisonTable; incompleteColumns: string[] } {
    const groups: [string, GroupColumn][] = [];
    const incompleteColumns: string[] = [];
    for (const [name, group] of this.#groups) {
      if (group.filled === this.#rows) groups.push([name, group.finish()]);
      else if (group.filled > 0) incompleteColumns.push(name);
    }
    const table = { ...this.#table().finish(), groups: Object.fromEntries(groups) };
    return { table, incompleteColumns };
  }

  #table(): ComparisonTableBuilder {
    this.#builder ??= new ComparisonTableBuilder(this.#expectedRows);
    return this.#builder;
  }
}
