import type { RowTable } from '../store/index.ts';

/**
 * The rows that are not done, lane by lane in input order: a counting sort, so that no lane looks at
 * another one's rows. Takes 4 bytes a row.
 */
export class LaneRows {
  readonly #rows: Uint32Array;
  /** Where the next row of each lane is, and where its rows end. */
  readonly #places: Uint32Array;
  readonly #ends: Uint32Array;

  /** @param lanes their number */
  constructor(table: RowTable, lanes: number) {
    this.#places = new Uint32Array(lanes);
    this.#ends = new Uint32Array(lanes);
    for (let lane = 0, place = 0; lane < lanes; lane++) {
      const { rows, done } = table.laneTotals(lane);
      this.#places[lane] = place;
      this.#ends[lane] = place;
      place += rows - done;
    }
    const { rows, done } = table.totals();
    this.#rows = new Uint32Array(rows - done);
    for (let row = 0; row < table.rowCount; row++) {
      const state = table.stateOf(row);
      if (state === 'answered' || state === 'failed') continue;
      const lane = table.laneOf(row);
      this.#rows[this.#ends[lane]!++] = row;
    }
  }

  /** The number of the lane's next row; undefined when it has no more. */
  next(lane: number): number | undefined {
    const place = this.#places[lane]!;
    if (place === this.#ends[lane]!) return undefined;
    this.#places[lane] = place + 1;
    return this.#rows[place];
  }
}
