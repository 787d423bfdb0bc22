import { countUnits, type Ratings } from './ratings.ts';
import { UNIT_VERDICTS } from './verdict-units.ts';

/** A share and the counts behind it. */
export interface Share {
  readonly count: number;
  readonly of: number;
  /** count / of; null for 0 / 0. */
  readonly share: number | null;
}

/** Puts a share together. */
export function shareOf(count: number, of: number): Share {
  return { count, of, share: of === 0 ? null : count / of };
}

/** Share of pairs of ratings of the same unit that agree, every pair counting once. */
export function percentAgreement(ratings: Ratings): Share {
  return pairsThatAgree(ratings, () => true);
}

/** The same over pairs in which neither verdict is a tie; for ratings of `ratingsFromVerdicts`. */
export function decisiveAgreement(ratings: Ratings): Share {
  return pairsThatAgree(ratings, (code) => code !== UNIT_VERDICTS.tie);
}

function pairsThatAgree(ratings: Ratings, counted: (code: number) => boolean): Share {
  const counts = new Float64Array(ratings.values.length);
  let [agreeing, pairs] = [0, 0];
  for (let unit = 0; unit < countUnits(ratings); unit++) {
    const codes = ratings.code.subarray(ratings.unitStart[unit], ratings.unitStart[unit + 1]);
    let size = 0;
    for (const code of codes) {
      if (!counted(code)) continue;
      agreeing += counts[code]!;
      pairs += size;
      counts[code]! += 1;
      size += 1;
    }
    for (const code of codes) counts[code] = 0;
  }
  return shareOf(agreeing, pairs);
}
