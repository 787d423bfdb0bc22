import { GrowingColumn } from './growing-columns.ts';

/** How far the rows of units lie apart. */
export interface SpreadMeans {
  /** Units with two rows or more. */
  readonly units: number;
  readonly meanRange: number;
  readonly meanSd: number;
  /** Share of the units whose rows differ. */
  readonly differingShare: number;
}

/** The values of rows of units that have two or more: their number, mean, squares (Welford), least and most. */
export class RowSpread {
  #end = 0;
  readonly #rows = new GrowingColumn();
  readonly #means = new GrowingColumn();
  readonly #squares = new GrowingColumn();
  readonly #least = new GrowingColumn();
  readonly #most = new GrowingColumn();

  /** Notes a further row of a unit; `first` is the value of the one before, where that was the only one. */
  add(unit: number, first: number, value: number): void {
    if (this.#rows.at(unit) === 0) {
      this.#rows.put(unit, 1);
      for (const column of [this.#means, this.#least, this.#most]) column.put(unit, first);
      this.#end = Math.max(this.#end, unit + 1);
    }
    const rows = this.#rows.at(unit) + 1;
    const mean = this.#means.at(unit);
    const next = mean + (value - mean) / rows;
    this.#rows.put(unit, rows);
    this.#means.put(unit, next);
    this.#squares.put(unit, this.#squares.at(unit) + (value - mean) * (value - next));
    this.#least.put(unit, Math.min(this.#least.at(unit), value));
    this.#most.put(unit, Math.max(this.#most.at(unit), value));
  }

  /** The means over all units. */
  summary(): SpreadMeans {
    let [units, ranges, deviations, differing] = [0, 0, 0, 0];
    for (let unit = 0; unit < this.#end; unit++) {
      const rows = this.#rows.at(unit);
      if (rows < 2) continue;
      const range = this.#most.at(unit) - this.#least.at(unit);
      units++;
      ranges += range;
      deviations += Math.sqrt(this.#squares.at(unit) / (rows - 1));
      if (range > 0) differing++;
    }
    return {
      units,
      meanRange: ranges / units,
      meanSd: deviations / units,
      differingShare: differing / units,
    };
  }
}
