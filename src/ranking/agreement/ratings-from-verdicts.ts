import type { ComparisonTable } from '../table/comparison-table.ts';
import { packRatings, type Ratings } from './ratings.ts';
import { UNIT_VERDICTS, type VerdictUnits } from './verdict-units.ts';

/** Ratings of comparisons, one for each judge and unit. */
export interface VerdictRatings {
  readonly ratings: Ratings;
  /** Rows that were merged into an earlier verdict of the same judge on the same unit. */
  readonly merged: number;
}

/** Number of judges that are known by name; rows without one have a judge of their own behind these. */
export function knownJudges(table: ComparisonTable): number {
  const judge = table.groups.judge;
  return judge ? (judge.known ?? judge.count) : 1;
}

/** Names of the judges of a table; a single nameless one when it has no judge column. */
export function judgeNames(table: ComparisonTable): readonly string[] {
  const judge = table.groups.judge;
  if (!judge) return ['all'];
  const known = knownJudges(table);
  return judge.names ?? Array.from({ length: known }, (_, id) => `judge ${id + 1}`);
}

/**
 * Makes ratings with the values 0 (the unit's first item won), 0.5 (tie), 1, which count from both
 * sides of the unit. A judge who gave several verdicts on a unit (both orders, say) has one rating
 * there: the most frequent, a tie if there are several such.
 */
export function ratingsFromVerdicts(table: ComparisonTable, units: VerdictUnits): VerdictRatings {
  const names = judgeNames(table);
  const judge = table.groups.judge?.ids.subarray(0, table.rows) ?? new Uint32Array(table.rows);
  const columns = { unit: units.unit, judge, code: units.code };
  const mirror = [UNIT_VERDICTS.second, UNIT_VERDICTS.tie, UNIT_VERDICTS.first];
  const packed = packRatings(columns, units.unitCount, names, [0, 0.5, 1], mirror);
  return mergeRepeated(packed);
}

function mergeRepeated(packed: Ratings): VerdictRatings {
  const unitStart = new Uint32Array(packed.unitStart.length);
  const votes = new Map<number, Uint32Array>();
  let kept = 0;
  for (let unit = 0; unit + 1 < unitStart.length; unit++) {
    votes.clear();
    for (let k = packed.unitStart[unit]!; k < packed.unitStart[unit + 1]!; k++) {
      const judge = packed.judge[k]!;
      let counts = votes.get(judge);
      if (!counts) {
        counts = new Uint32Array(3);
        votes.set(judge, counts);
      }
      counts[packed.code[k]!]! += 1;
    }
    for (const [judge, counts] of votes) {
      packed.judge[kept] = judge;
      packed.code[kept++] = plurality(counts);
    }
    unitStart[unit + 1] = kept;
  }
  const merged = packed.judge.length - kept;
  const [judge, code] = [packed.judge.subarray(0, kept), packed.code.subarray(0, kept)];
  return { ratings: { ...packed, unitStart, judge, code }, merged };
}

/** The verdict with the most votes of `[first, tie, second]`; a tie when several have the most. */
export function plurality(counts: ArrayLike<number>): number {
  const most = Math.max(counts[0]!, counts[1]!, counts[2]!);
  const winners = [0, 1, 2].filter((code) => counts[code] === most);
  return winners.length === 1 ? winners[0]! : UNIT_VERDICTS.tie;
}
