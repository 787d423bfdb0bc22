import { countUnits, type Ratings } from './ratings.ts';

/** What two judges said about the units that both have rated. */
export interface JudgePairTable {
  readonly judges: readonly [string, string];
  /** Units that both rated. */
  readonly units: number;
  /** `counts[a * values + b]`: units to which the first gave code a and the second code b. */
  readonly counts: Float64Array;
}

/** Above this many pairs of ratings the tables of judge pairs are not built. */
const MOST_RATING_PAIRS = 200_000_000;

/**
 * Cross-tabulates every two judges with at least `fewestUnits` units in common. Judges with fewer
 * ratings than that are passed over from the start.
 *
 * @returns null when units hold so many ratings that there are more than `MOST_RATING_PAIRS` pairs.
 */
export function judgePairTables(ratings: Ratings, fewestUnits: number): JudgePairTable[] | null {
  const busy = busyJudges(ratings, fewestUnits);
  if (countPairs(ratings, busy) > MOST_RATING_PAIRS) return null;
  const judges = ratings.judges.length;
  const values = ratings.values.length;
  const tables = new Map<number, Float64Array>();
  for (let unit = 0; unit < countUnits(ratings); unit++) {
    const end = ratings.unitStart[unit + 1]!;
    for (let k = ratings.unitStart[unit]!; k < end; k++) {
      if (!busy[ratings.judge[k]!]) continue;
      for (let m = k + 1; m < end; m++) {
        if (!busy[ratings.judge[m]!]) continue;
        const inOrder = ratings.judge[k]! < ratings.judge[m]!;
        const [one, other] = inOrder ? [k, m] : [m, k];
        const key = ratings.judge[one]! * judges + ratings.judge[other]!;
        let table = tables.get(key);
        if (!table) {
          table = new Float64Array(values * values);
          tables.set(key, table);
        }
        table[ratings.code[one]! * values + ratings.code[other]!]! += 1;
      }
    }
  }
  return [...tables]
    .sort(([a], [b]) => a - b)
    .map(([key, counts]) => ({
      judges: [ratings.judges[Math.floor(key / judges)]!, ratings.judges[key % judges]!] as const,
      units: counts.reduce((sum, count) => sum + count, 0),
      counts,
    }))
    .filter((table) => table.units >= fewestUnits);
}

function busyJudges(ratings: Ratings, fewestUnits: number): boolean[] {
  const rated = new Uint32Array(ratings.judges.length);
  for (const judge of ratings.judge) rated[judge]! += 1;
  return Array.from(rated, (count) => count >= fewestUnits);
}

function countPairs(ratings: Ratings, busy: readonly boolean[]): number {
  let pairs = 0;
  for (let unit = 0; unit < countUnits(ratings); unit++) {
    const judges = ratings.judge.subarray(ratings.unitStart[unit], ratings.unitStart[unit + 1]);
    const size = judges.reduce((sum, judge) => sum + (busy[judge] ? 1 : 0), 0);
    pairs += (size * (size - 1)) / 2;
  }
  return pairs;
}
