/**
 * Who said what about which unit, without the gaps: the ratings of unit `u` stand at
 * `unitStart[u] .. unitStart[u + 1] - 1` of `judge` and `code`.
 */
export interface Ratings {
  /** Names of the judges; `judge` holds indices into it. */
  readonly judges: readonly string[];
  /** The different values, sorted; `code` holds indices into it. */
  readonly values: readonly number[] | readonly string[];
  /** One more entry than there are units. */
  readonly unitStart: Uint32Array;
  readonly judge: Uint32Array;
  readonly code: Uint8Array | Uint32Array;
  /**
   * Code of each value as it is seen from the other side of a unit, where a unit has two (who won of two
   * items): each unit then counts half in both directions, so that it does not matter from which side
   * it is told. Null where units have one side.
   */
  readonly mirror: readonly number[] | null;
}

/** Ratings in the order in which they came, one entry of each column for a rating. */
export interface RatingColumns {
  readonly unit: ArrayLike<number>;
  readonly judge: ArrayLike<number>;
  readonly code: ArrayLike<number>;
}

/** Number of units of a table of ratings, those with a single rating included. */
export function countUnits(ratings: Ratings): number {
  return ratings.unitStart.length - 1;
}

/** Packs ratings by unit, keeping the order of the input inside a unit. */
export function packRatings(
  columns: RatingColumns,
  unitCount: number,
  judges: readonly string[],
  values: Ratings['values'],
  mirror: Ratings['mirror'] = null,
): Ratings {
  const rows = columns.unit.length;
  const unitStart = new Uint32Array(unitCount + 1);
  for (let row = 0; row < rows; row++) unitStart[columns.unit[row]! + 1]! += 1;
  for (let unit = 0; unit < unitCount; unit++) unitStart[unit + 1]! += unitStart[unit]!;
  const next = unitStart.slice();
  const judge = new Uint32Array(rows);
  const code = new Uint32Array(rows);
  for (let row = 0; row < rows; row++) {
    const place = next[columns.unit[row]!]!++;
    judge[place] = columns.judge[row]!;
    code[place] = columns.code[row]!;
  }
  return { judges, values, unitStart, judge, code, mirror };
}
