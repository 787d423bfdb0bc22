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
  readonly code: Uint32Array;
}

/** A rating before it is packed. */
export interface Rating {
  readonly unit: number;
  readonly judge: number;
  readonly code: number;
}

/** Number of units of a table of ratings, those with a single rating included. */
export function countUnits(ratings: Ratings): number {
  return ratings.unitStart.length - 1;
}

/** Packs ratings by unit, keeping the order of the input inside a unit. */
export function packRatings(
  list: readonly Rating[],
  unitCount: number,
  judges: readonly string[],
  values: Ratings['values'],
): Ratings {
  const unitStart = new Uint32Array(unitCount + 1);
  for (const { unit } of list) unitStart[unit + 1]! += 1;
  for (let unit = 0; unit < unitCount; unit++) unitStart[unit + 1]! += unitStart[unit]!;
  const next = unitStart.slice();
  const judge = new Uint32Array(list.length);
  const code = new Uint32Array(list.length);
  for (const rating of list) {
    const place = next[rating.unit]!++;
    judge[place] = rating.judge;
    code[place] = rating.code;
  }
  return { judges, values, unitStart, judge, code };
}
