import { clusteredShare } from './clustered-share.ts';
import type { Ratings } from './ratings.ts';
import type { UnitBlocks } from './unit-blocks.ts';
import { UNIT_VERDICTS } from './verdict-units.ts';
import type { ShareInterval } from './wilson.ts';

/** Share of pairs of ratings of the same unit that agree, every pair counting once. */
export function percentAgreement(
  ratings: Ratings,
  blocks: UnitBlocks,
  level: number,
): ShareInterval {
  return pairsThatAgree(ratings, blocks, level, () => true);
}

/** The same over pairs in which neither verdict is a tie; for ratings of `ratingsFromVerdicts`. */
export function decisiveAgreement(
  ratings: Ratings,
  blocks: UnitBlocks,
  level: number,
): ShareInterval {
  return pairsThatAgree(ratings, blocks, level, (code) => code !== UNIT_VERDICTS.tie);
}

function pairsThatAgree(
  ratings: Ratings,
  blocks: UnitBlocks,
  level: number,
  counted: (code: number) => boolean,
): ShareInterval {
  const tally = new Float64Array(ratings.values.length);
  const [agreeing, pairs] = [new Float64Array(blocks.count), new Float64Array(blocks.count)];
  for (let block = 0; block < blocks.count; block++) {
    for (let k = blocks.start[block]!; k < blocks.start[block + 1]!; k++) {
      const unit = blocks.order[k]!;
      const codes = ratings.code.subarray(ratings.unitStart[unit], ratings.unitStart[unit + 1]);
      let size = 0;
      for (const code of codes) {
        if (!counted(code)) continue;
        agreeing[block]! += tally[code]!;
        pairs[block]! += size;
        tally[code]! += 1;
        size += 1;
      }
      for (const code of codes) tally[code] = 0;
    }
  }
  return clusteredShare(agreeing, pairs, level);
}
