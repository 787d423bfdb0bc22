import { damaged } from './arrow-problem.ts';

/** A table of FlatBuffers whose places are checked before they are looked at. */
export class FlatTable {
  readonly #view: DataView;
  /** Where it begins. */
  readonly at: number;
  readonly #fields: number;
  readonly #fieldsEnd: number;

  private constructor(view: DataView, at: number) {
    this.#view = view;
    this.at = at;
    const fields = at - intAt(view, at);
    this.#fields = fields;
    this.#fieldsEnd = fields + shortAt(view, fields);
  }

  /** The table that bytes begin with. @throws ArrowProblem for places outside of them, as all else here does */
  static root(bytes: Uint8Array): FlatTable {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return new FlatTable(view, intAt(view, 0) >>> 0);
  }

  /** A whole number of a field, counted from 0. @param bytes 1, 2, 4 or 8 */
  number(field: number, bytes: 1 | 2 | 4 | 8, missing = 0): number {
    const at = this.#place(field);
    if (at === null) return missing;
    const view = this.#view;
    within(view, at, bytes);
    if (bytes === 1) return view.getUint8(at);
    if (bytes === 2) return view.getInt16(at, true);
    return bytes === 4 ? view.getInt32(at, true) : Number(view.getBigInt64(at, true));
  }

  /** A table of a field; null where it has none. */
  table(field: number): FlatTable | null {
    const at = this.#place(field);
    return at === null ? null : new FlatTable(this.#view, this.#target(at));
  }

  /** The numbers of 8 bytes of a list, in groups. @param group how many belong together */
  numberGroups(field: number, group: number): readonly (readonly number[])[] {
    const { start, length } = this.#list(field, group * 8);
    return Array.from({ length }, (_, index) =>
      Array.from({ length: group }, (__, part) =>
        Number(this.#view.getBigInt64(start + (index * group + part) * 8, true)),
      ),
    );
  }

  /** The tables of a list. */
  *tables(field: number): Generator<FlatTable, void> {
    const { start, length } = this.#list(field, 4);
    for (let index = 0; index < length; index++) {
      yield new FlatTable(this.#view, this.#target(start + index * 4));
    }
  }

  #list(field: number, bytes: number): { readonly start: number; readonly length: number } {
    const at = this.#place(field);
    if (at === null) return { start: 0, length: 0 };
    const start = this.#target(at);
    const length = intAt(this.#view, start) >>> 0;
    within(this.#view, start + 4, length * bytes);
    return { start: start + 4, length };
  }

  #place(field: number): number | null {
    const entry = this.#fields + 4 + field * 2;
    if (entry + 2 > this.#fieldsEnd) return null;
    const offset = shortAt(this.#view, entry);
    return offset === 0 ? null : this.at + offset;
  }

  #target(at: number): number {
    return at + (intAt(this.#view, at) >>> 0);
  }
}

function within(view: DataView, at: number, length: number): void {
  if (at < 0 || length < 0 || at + length > view.byteLength)
    throw damaged('a part lies outside of it');
}

function intAt(view: DataView, at: number): number {
  within(view, at, 4);
  return view.getInt32(at, true);
}

function shortAt(view: DataView, at: number): number {
  within(view, at, 2);
  return view.getUint16(at, true);
}
