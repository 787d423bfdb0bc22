import { clusteredShare } from './clustered-share.ts';
import type { Ratings } from './ratings.ts';
import { plurality } from './ratings-from-verdicts.ts';
import type { UnitBlocks } from './unit-blocks.ts';
import { UNIT_VERDICTS } from './verdict-units.ts';
import type { ShareInterval } from './wilson.ts';

/** How often a judge says what most of the others say. */
export interface MajorityAgreement {
  /** Over all units that another judge has rated too; a tied plurality of the others is a tie. */
  readonly all: ShareInterval;
  /** Over those on which neither the judge nor the majority of the others calls a tie. */
  readonly decisive: ShareInterval;
}

/** Counts of one judge in the blocks in which it has rated; the last entry is the block at hand. */
interface Tally {
  block: number;
  readonly agreed: number[];
  readonly of: number[];
  readonly decisiveAgreed: number[];
  readonly decisiveOf: number[];
}

/** Compares each judge with the plurality of the others, for ratings of `ratingsFromVerdicts`. */
export function majorityAgreement(
  ratings: Ratings,
  blocks: UnitBlocks,
  level: number,
): MajorityAgreement[] {
  const tallies: Tally[] = ratings.judges.map(() => ({
    block: -1,
    agreed: [],
    of: [],
    decisiveAgreed: [],
    decisiveOf: [],
  }));
  for (let block = 0; block < blocks.count; block++) {
    for (let k = blocks.start[block]!; k < blocks.start[block + 1]!; k++) {
      countUnit(ratings, blocks.order[k]!, (judge, agrees, decisive) => {
        const tally = tallies[judge];
        if (tally) count(tally, block, agrees, decisive);
      });
    }
  }
  return tallies.map(({ agreed, of, decisiveAgreed, decisiveOf }) => ({
    all: clusteredShare(agreed, of, level),
    decisive: clusteredShare(decisiveAgreed, decisiveOf, level),
  }));
}

function countUnit(
  ratings: Ratings,
  unit: number,
  visit: (judge: number, agrees: number, decisive: boolean) => void,
): void {
  const [from, to] = [ratings.unitStart[unit]!, ratings.unitStart[unit + 1]!];
  if (to - from < 2) return;
  const others = [0, 0, 0];
  for (let k = from; k < to; k++) others[ratings.code[k]!]! += 1;
  for (let k = from; k < to; k++) {
    const code = ratings.code[k]!;
    others[code]! -= 1;
    const majority = plurality(others);
    others[code]! += 1;
    const decisive = code !== UNIT_VERDICTS.tie && majority !== UNIT_VERDICTS.tie;
    visit(ratings.judge[k]!, code === majority ? 1 : 0, decisive);
  }
}

function count(tally: Tally, block: number, agrees: number, decisive: boolean): void {
  const lists = [tally.agreed, tally.of, tally.decisiveAgreed, tally.decisiveOf];
  if (tally.block !== block) {
    for (const list of lists) list.push(0);
    tally.block = block;
  }
  const at = tally.of.length - 1;
  tally.of[at]! += 1;
  tally.agreed[at]! += agrees;
  if (!decisive) return;
  tally.decisiveOf[at]! += 1;
  tally.decisiveAgreed[at]! += agrees;
}
