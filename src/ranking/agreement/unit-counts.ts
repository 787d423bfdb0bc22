import { countUnits, type Ratings } from './ratings.ts';

/** How often each value was given to each unit that has at least two ratings. */
export interface UnitCounts {
  /** Units with at least two ratings. */
  readonly units: number;
  /** Ratings of those units. */
  readonly ratings: number;
  /** Number of different values, those of single ratings included. */
  readonly valueCount: number;
  /** Entries of unit `u` stand at `start[u] .. start[u + 1] - 1` of `code` and `count`. */
  readonly start: Uint32Array;
  readonly code: Uint32Array;
  readonly count: Uint32Array;
  /** Ratings of each unit. */
  readonly size: Uint32Array;
  /** Number of each unit among all, those with a single rating included. */
  readonly unit: Uint32Array;
  readonly mirror: Ratings['mirror'];
}

/** Counts the values of each unit and leaves out the units that only one judge has rated. */
export function countByUnit(ratings: Ratings): UnitCounts {
  const valueCount = ratings.values.length;
  const tally = new Uint32Array(valueCount);
  const start = [0];
  const code: number[] = [];
  const count: number[] = [];
  const size: number[] = [];
  const units: number[] = [];
  for (let unit = 0; unit < countUnits(ratings); unit++) {
    const [from, to] = [ratings.unitStart[unit]!, ratings.unitStart[unit + 1]!];
    if (to - from < 2) continue;
    const codes = ratings.code.subarray(from, to);
    for (const value of codes) tally[value]! += 1;
    for (const value of codes) {
      if (tally[value] === 0) continue;
      code.push(value);
      count.push(tally[value]!);
      tally[value] = 0;
    }
    start.push(code.length);
    size.push(to - from);
    units.push(unit);
  }
  return {
    units: size.length,
    ratings: size.reduce((sum, ratingsOfUnit) => sum + ratingsOfUnit, 0),
    valueCount,
    start: Uint32Array.from(start),
    code: Uint32Array.from(code),
    count: Uint32Array.from(count),
    size: Uint32Array.from(size),
    unit: Uint32Array.from(units),
    mirror: ratings.mirror,
  };
}
