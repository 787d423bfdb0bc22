import { type Share, shareOf } from './percent-agreement.ts';
import { countUnits, type Ratings } from './ratings.ts';
import { plurality } from './ratings-from-verdicts.ts';
import { UNIT_VERDICTS } from './verdict-units.ts';

/** How often a judge says what most of the others say. */
export interface MajorityAgreement {
  /** Over all units that another judge has rated too; a tied plurality of the others is a tie. */
  readonly all: Share;
  /** Over those on which neither the judge nor the majority of the others calls a tie. */
  readonly decisive: Share;
}

/** Compares each judge with the plurality of the others, for ratings of `ratingsFromVerdicts`. */
export function majorityAgreement(ratings: Ratings): MajorityAgreement[] {
  const found = ratings.judges.map(() => ({ agreed: 0, of: 0, decisiveAgreed: 0, decisiveOf: 0 }));
  const others = new Int32Array(3);
  for (let unit = 0; unit < countUnits(ratings); unit++) {
    const [from, to] = [ratings.unitStart[unit]!, ratings.unitStart[unit + 1]!];
    if (to - from < 2) continue;
    others.fill(0);
    for (let k = from; k < to; k++) others[ratings.code[k]!]! += 1;
    for (let k = from; k < to; k++) {
      const code = ratings.code[k]!;
      others[code]! -= 1;
      const majority = plurality(others);
      others[code]! += 1;
      const judge = found[ratings.judge[k]!]!;
      const agrees = code === majority ? 1 : 0;
      judge.of += 1;
      judge.agreed += agrees;
      if (code === UNIT_VERDICTS.tie || majority === UNIT_VERDICTS.tie) continue;
      judge.decisiveOf += 1;
      judge.decisiveAgreed += agrees;
    }
  }
  return found.map((judge) => ({
    all: shareOf(judge.agreed, judge.of),
    decisive: shareOf(judge.decisiveAgreed, judge.decisiveOf),
  }));
}
