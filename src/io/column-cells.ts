import type { JsonValue } from '../core/json.ts';
import { ColumnValues, cellOf } from './column-values.ts';
import { cellReader, type ReadCell } from './stored-cell.ts';
import { STORED, type StoredType, typeIn } from './stored-type.ts';
import type { WrittenCell } from './written-column.ts';

/** Gathers what the values of a column are, of which it may be known what they have been. */
export class ColumnCells {
  readonly #values = new ColumnValues(false);
  readonly #carried: StoredType | null;
  readonly #read: ReadCell | null;
  #isCarried: boolean;

  /** @param carried what they have been; null: that is not known */
  constructor(form: 'parquet' | 'arrow', carried: StoredType | null) {
    this.#carried = carried && typeIn(form, carried);
    this.#read = this.#carried && cellReader(this.#carried);
    this.#isCarried = this.#read !== null;
  }

  /** Notes a value. */
  note(value: JsonValue | undefined): void {
    this.#values.note(value);
    if (!this.#isCarried || value === undefined || value === null) return;
    this.#isCarried = this.#read!(value) !== undefined;
  }

  /** The type of all values that were noted, and what makes them its cells: the type that they had, where all are still of it. */
  written(): {
    readonly type: StoredType;
    readonly cellOf: (value: JsonValue | undefined) => WrittenCell;
  } {
    if (this.#isCarried) {
      const read = this.#read!;
      return { type: this.#carried!, cellOf: (value) => (value == null ? null : read(value)!) };
    }
    const { type } = this.#values;
    return { type: STORED[type], cellOf: (value) => cellOf(type, value) };
  }
}
