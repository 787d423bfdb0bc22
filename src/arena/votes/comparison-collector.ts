import { HASH_START, hashByte } from '../../io/delimited/index.ts';
import type { ComparisonTable, GroupColumn } from '../../ranking/index.ts';
import { ComparisonTableBuilder } from '../../ranking/index.ts';
import { GroupColumnBuilder } from './group-column-builder.ts';
import { InvalidValues } from './invalid-values.ts';
import { isMissingWord } from './missing-words.ts';

/** The table of all files, and what some of its rows lack. */
export interface FinishedTable {
  readonly table: ComparisonTable;
  readonly incompleteColumns: readonly string[];
  /** Rows without a prompt, and without a judge, where others have one. */
  readonly missing: Readonly<Record<string, number>>;
}

/** Columns in which a row without a value stands for itself; others are left out if some rows lack them. */
const OWN_GROUP_COLUMNS = ['prompt', 'judge', 'ranking'];

/** Gathers the rows of all files into one table. */
export class ComparisonCollector {
  readonly invalid = new InvalidValues();
  /** Games without a verdict, dropped together with the other game of their line. */
  nullGames = 0;
  /** Verdicts that say themselves that they hold no ranking. */
  withoutRanking = 0;
  /** Rows left out because an answer gives its model away. */
  leaks = 0;
  /** Rows that do not say which answer was shown first. */
  rowsWithoutSides = 0;
  /** Verdicts between a win and a tie, each two rows with weights that add up to its own. */
  softVerdicts = 0;
  /** New names of items. */
  readonly rename: ReadonlyMap<string, string>;
  readonly #spellings = { word: 0, letter: 0, number: 0, name: 0 };
  #builder: ComparisonTableBuilder | null = null;
  readonly #groups = new Map<string, GroupColumnBuilder>();
  #expectedRows = 1024;
  #rows = 0;
  #scratch = Buffer.allocUnsafeSlow(1024);

  constructor(rename: ReadonlyMap<string, string> = new Map()) {
    this.rename = rename;
  }

  /** How often verdicts were spelt in each way that occurs. */
  get spellings(): Readonly<Record<string, number>> {
    return Object.fromEntries(Object.entries(this.#spellings).filter(([, count]) => count > 0));
  }

  noteSpelling(spelling: 'word' | 'letter' | 'number' | 'name'): void {
    this.#spellings[spelling] += 1;
  }

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
      group = new GroupColumnBuilder(this.#expectedRows, OWN_GROUP_COLUMNS.includes(column));
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

  /** Says which turn on a prompt was judged: another turn is another unit. */
  setTurn(row: number, prompt: string, turn: string): void {
    this.setGroup('answers', row, isMissingWord(prompt) ? `\0${row}` : `${prompt}\0${turn}`);
  }

  /**
   * The table; a row without prompt or judge stands for itself there and is counted, other group columns
   * that some rows lack are left out and named.
   */
  finish(): FinishedTable {
    const groups: [string, GroupColumn][] = [];
    const incompleteColumns: string[] = [];
    const missing: [string, number][] = [];
    for (const [name, group] of this.#groups) {
      if (group.filled === 0) continue;
      const lacking = this.#rows - group.filled;
      if (lacking > 0 && !OWN_GROUP_COLUMNS.includes(name)) {
        incompleteColumns.push(name);
        continue;
      }
      groups.push([name, group.finish(this.#rows)]);
      if (lacking > 0 && name !== 'ranking') missing.push([name, lacking]);
    }
    const table = { ...this.#table().finish(), groups: Object.fromEntries(groups) };
    return { table, incompleteColumns, missing: Object.fromEntries(missing) };
  }

  #table(): ComparisonTableBuilder {
    this.#builder ??= new ComparisonTableBuilder(this.#expectedRows);
    return this.#builder;
  }
}
