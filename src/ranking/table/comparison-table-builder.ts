import type { ComparisonTable, GroupColumn } from './comparison-table.ts';

const MAX_SHORT_INDEX = 0xffff;

/** Fills a `ComparisonTable` row by row; columns grow by half when they are full. */
export class ComparisonTableBuilder {
  readonly #names: string[] = [];
  readonly #positions = new Map<string, number>();
  readonly #groups = new Map<string, GroupBuilder>();
  readonly #features = new Map<string, Float64Array>();
  #left: Uint16Array | Uint32Array;
  #right: Uint16Array | Uint32Array;
  #verdict: Uint8Array;
  #weight: Float64Array | null = null;
  #rows = 0;

  /** @param expectedRows rows to make room for at first; default 1024. */
  constructor(expectedRows = 1024) {
    const room = Math.max(16, expectedRows);
    this.#left = new Uint16Array(room);
    this.#right = new Uint16Array(room);
    this.#verdict = new Uint8Array(room);
  }

  /** Position of an item, added at the end of the list when it is new. */
  item(name: string): number {
    const known = this.#positions.get(name);
    if (known !== undefined) return known;
    const position = this.#names.length;
    this.#positions.set(name, position);
    this.#names.push(name);
    if (position === MAX_SHORT_INDEX + 1) {
      this.#left = Uint32Array.from(this.#left);
      this.#right = Uint32Array.from(this.#right);
    }
    return position;
  }

  /**
   * Appends a row.
   *
   * @param verdict a code of `VERDICT_CODES`.
   * @returns its number, for `setGroup` and `setFeature`.
   */
  add(left: number, right: number, verdict: number, weight = 1): number {
    const row = this.#rows;
    if (row === this.#verdict.length) this.#grow();
    this.#left[row] = left;
    this.#right[row] = right;
    this.#verdict[row] = verdict;
    if (weight !== 1 && this.#weight === null) {
      this.#weight = new Float64Array(this.#verdict.length).fill(1);
    }
    if (this.#weight !== null) this.#weight[row] = weight;
    this.#rows = row + 1;
    return row;
  }

  /** Says to which group of a column a row belongs, by the group's name. */
  setGroup(column: string, row: number, name: string): void {
    let group = this.#groups.get(column);
    if (group === undefined) {
      group = { ids: new Uint32Array(this.#verdict.length), positions: new Map(), set: 0 };
      this.#groups.set(column, group);
    }
    let id = group.positions.get(name);
    if (id === undefined) {
      id = group.positions.size;
      group.positions.set(name, id);
    }
    group.ids[row] = id;
    group.set++;
  }

  /** Gives a row its value of a feature; rows that never get one keep 0. */
  setFeature(name: string, row: number, value: number): void {
    let column = this.#features.get(name);
    if (column === undefined) {
      column = new Float64Array(this.#verdict.length);
      this.#features.set(name, column);
    }
    column[row] = value;
  }

  /**
   * Returns the table over the builder's own columns; the builder is not to be used afterwards.
   * A group column that was not set for every row is left out.
   */
  finish(): ComparisonTable {
    const groups: Record<string, GroupColumn> = {};
    for (const [name, group] of this.#groups) {
      if (group.set !== this.#rows) continue;
      const names = [...group.positions.keys()];
      groups[name] = { ids: group.ids, count: names.length, names };
    }
    return {
      items: this.#names,
      rows: this.#rows,
      left: this.#left,
      right: this.#right,
      verdict: this.#verdict,
      weight: this.#weight,
      groups,
      features: Object.fromEntries(this.#features),
    };
  }

  #grow(): void {
    const room = Math.ceil(this.#verdict.length * 1.5);
    this.#left = grown(this.#left, room);
    this.#right = grown(this.#right, room);
    this.#verdict = grown(this.#verdict, room);
    if (this.#weight !== null) this.#weight = grown(this.#weight, room).fill(1, this.#rows);
    for (const group of this.#groups.values()) group.ids = grown(group.ids, room);
    for (const [name, column] of this.#features) this.#features.set(name, grown(column, room));
  }
}

interface GroupBuilder {
  ids: Uint32Array;
  readonly positions: Map<string, number>;
  set: number;
}

function grown<Column extends Uint8Array | Uint16Array | Uint32Array | Float64Array>(
  column: Column,
  room: number,
): Column {
  const larger = new (column.constructor as new (length: number) => Column)(room);
  larger.set(column);
  return larger;
}
