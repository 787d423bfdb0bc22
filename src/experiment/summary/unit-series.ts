import type { UnitMeans } from '../../ranking/paired/index.ts';
import { GrowingColumn } from './growing-columns.ts';
import { RowSpread } from './row-spread.ts';

/** Of which kind the values of a key are, for all models together. */
export interface ValueKind {
  /** True while all are 0 or 1: their means are shares. */
  isBinary: boolean;
}

/** The values of one key for one model, by unit, in some 16 bytes a unit; 40 more where units have several rows. */
export class UnitSeries {
  #rows = 0;
  #missing = 0;
  #units = 0;
  #end = 0;
  #isSingle = true;
  readonly #sums = new GrowingColumn();
  readonly #counts = new GrowingColumn();
  readonly #kind: ValueKind;
  #spread: RowSpread | undefined;

  constructor(kind: ValueKind) {
    this.#kind = kind;
  }

  get rows(): number {
    return this.#rows;
  }

  get missing(): number {
    return this.#missing;
  }

  get units(): number {
    return this.#units;
  }

  get isBinary(): boolean {
    return this.#kind.isBinary;
  }

  /** How far rows of a unit lie apart; undefined while no unit has two. */
  get spread(): RowSpread | undefined {
    return this.#spread;
  }

  /** Notes a row: several values are samples of it, none means that it has no score. */
  add(unit: number, values: readonly number[]): void {
    this.#rows++;
    if (values.length === 0) {
      this.#missing++;
      return;
    }
    const [sum, count] = [this.#sums.at(unit), this.#counts.at(unit)];
    let added = 0;
    for (const value of values) {
      added += value;
      if (value !== 0 && value !== 1) this.#kind.isBinary = false;
    }
    this.#end = Math.max(this.#end, unit + 1);
    if (count === 0) this.#units++;
    else {
      this.#spread ??= new RowSpread();
      this.#spread.add(unit, sum / count, added / values.length);
    }
    this.#sums.put(unit, sum + added);
    this.#counts.put(unit, count + values.length);
    if (count + values.length > 1) this.#isSingle = false;
  }

  /** The means of its units, those of `others` too where it is given: units without a value in both are left out. */
  means(others: UnitSeries = this): UnitMeans {
    const means = new Float64Array(this.#units);
    let units = 0;
    for (let unit = 0; unit < this.#end; unit++) {
      if (this.#counts.at(unit) === 0 || others.#counts.at(unit) === 0) continue;
      means[units++] = this.#sums.at(unit) / this.#counts.at(unit);
    }
    return {
      means: means.subarray(0, units),
      isBinary: this.#kind.isBinary,
      isSingle: this.#isSingle,
    };
  }
}
