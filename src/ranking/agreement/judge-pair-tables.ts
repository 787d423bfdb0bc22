import { countUnits, type Ratings } from './ratings.ts';

/** What two judges said about the units that both have rated. */
export interface JudgePairTable {
  readonly judges: readonly [string, string];
  /** Units that both rated. */
  readonly units: number;
  /** Number of the pair, `first * judges + second`. */
  readonly key: number;
  /**
   * `counts[a * values + b]`: units to which the first gave code a and the second code b; half of each
   * from either side, where units have two.
   */
  readonly counts: Float64Array;
}

/** Above this many pairs of ratings the tables of judge pairs are not built. */
const MAX_RATING_PAIRS = 200_000_000;

/**
 * Cross-tabulates every two judges with at least `fewestUnits` units in common. Judges with fewer
 * ratings than that are passed over from the start.
 *
 * @returns null when units hold so many ratings that there are more than `MAX_RATING_PAIRS` pairs.
 */
export function judgePairTables(ratings: Ratings, fewestUnits: number): JudgePairTable[] | null {
  const busy = busyJudges(ratings, fewestUnits);
  if (countPairs(ratings, busy) > MAX_RATING_PAIRS) return null;
  const judges = ratings.judges.length;
  const values = ratings.values.length;
  const tables = new Map<number, Float64Array>();
  for (let unit = 0; unit < countUnits(ratings); unit++) {
    eachRatingPair(ratings, unit, busy, (key, a, b) => {
      let table = tables.get(key);
      if (!table) {
        table = new Float64Array(values * values);
        tables.set(key, table);
      }
      addPair(table, ratings, a, b);
    });
  }
  return [...tables]
    .sort(([a], [b]) => a - b)
    .map(([key, counts]) => ({
      judges: [ratings.judges[Math.floor(key / judges)]!, ratings.judges[key % judges]!] as const,
      key,
      units: Math.round(counts.reduce((sum, count) => sum + count, 0)),
      counts,
    }))
    .filter((table) => table.units >= fewestUnits);
}

/**
 * Visits every two ratings of a unit by judges that are `busy`: the number of the judges' pair and the
 * codes of the judge with the lower number and of the other.
 */
export function eachRatingPair(
  ratings: Ratings,
  unit: number,
  busy: readonly boolean[] | null,
  visit: (key: number, a: number, b: number) => void,
): void {
  const { judge, code, judges, unitStart } = ratings;
  const end = unitStart[unit + 1]!;
  for (let k = unitStart[unit]!; k < end; k++) {
    if (busy && !busy[judge[k]!]) continue;
    for (let m = k + 1; m < end; m++) {
      if (busy && !busy[judge[m]!]) continue;
      const [one, other] = judge[k]! < judge[m]! ? [k, m] : [m, k];
      visit(judge[one]! * judges.length + judge[other]!, code[one]!, code[other]!);
    }
  }
}

/** Adds two ratings of one unit to a table, half from each side of the unit where it has two. */
export function addPair(
  table: Float64Array,
  { values, mirror }: Ratings,
  a: number,
  b: number,
): void {
  const size = values.length;
  if (mirror === null) {
    table[a * size + b]! += 1;
    return;
  }
  table[a * size + b]! += 0.5;
  table[mirror[a]! * size + mirror[b]!]! += 0.5;
}

function busyJudges(ratings: Ratings, fewestUnits: number): boolean[] {
  const rated = new Uint32Array(ratings.judges.length);
  // A judge without a name has given one verdict and has no number among the judges.
  for (const judge of ratings.judge) if (judge < rated.length) rated[judge]! += 1;
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
