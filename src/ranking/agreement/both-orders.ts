import { fairCoinTwoSided } from '../numerics/distributions.ts';
import { clusteredShare } from './clustered-share.ts';
import type { Bounds } from './jackknife.ts';
import { packRatings, type Ratings } from './ratings.ts';
import type { UnitBlocks } from './unit-blocks.ts';
import { UNIT_VERDICTS, type VerdictUnits } from './verdict-units.ts';

/**
 * What a judge did who saw the same two answers in both orders. Where it saw them several times, these are
 * the counts that pairing at random gives on average, and need not be whole.
 */
export interface BothOrders extends Bounds {
  /** Pairs of verdicts on the same unit, one in each order. */
  readonly pairs: number;
  /** Pairs whose verdicts name different winners, or a winner and a tie. */
  readonly flips: number;
  /** flips / pairs, whose interval over prompts the bounds are; null without pairs. */
  readonly flipRate: number | null;
  /** Pairs in which the left answer won both times, and the right one. */
  readonly leftTwice: number;
  readonly rightTwice: number;
  /** Exact McNemar test of leftTwice against rightTwice, two-sided; null without pairs. */
  readonly mcnemar: number | null;
}

/** Counts of one judge; pairs and flips by the blocks in which there are any, the last one at hand. */
interface Tally {
  block: number;
  readonly pairs: number[];
  readonly flips: number[];
  leftTwice: number;
  rightTwice: number;
}

/**
 * Pairs the verdicts of a judge on a unit with those of the same judge in the other order, each used once.
 *
 * @param judge of each row; those from `judgeCount` on are not known and pair with nobody.
 */
export function bothOrders(
  units: VerdictUnits,
  judge: Uint32Array,
  judgeCount: number,
  blocks: UnitBlocks,
  level: number,
): { all: BothOrders; judges: BothOrders[] } {
  // A verdict and the order in which it was given, in one number.
  const code = units.code.map((verdict, row) => verdict + 3 * units.sameSide[row]!);
  const packed = packRatings({ unit: units.unit, judge, code }, units.unitCount, [], []);
  const tallies: Tally[] = Array.from({ length: judgeCount }, emptyTally);
  const all = emptyTally();
  for (let block = 0; block < blocks.count; block++) {
    for (let at = blocks.start[block]!; at < blocks.start[block + 1]!; at++) {
      for (const [who, counts] of countsOfUnit(packed, blocks.order[at]!, judgeCount)) {
        const [forward, backward] = [counts.subarray(3), counts.subarray(0, 3)];
        count(tallies[who]!, block, forward, backward);
        count(all, block, forward, backward);
      }
    }
  }
  return { all: summary(all, level), judges: tallies.map((tally) => summary(tally, level)) };
}

/** Verdicts of each judge on a unit: three codes shown the other way round, then three as in its first row. */
function countsOfUnit(
  packed: Ratings,
  unit: number,
  judgeCount: number,
): ReadonlyMap<number, Float64Array> {
  const seen = new Map<number, Float64Array>();
  for (let k = packed.unitStart[unit]!; k < packed.unitStart[unit + 1]!; k++) {
    const who = packed.judge[k]!;
    if (who >= judgeCount) continue;
    const counts = seen.get(who) ?? new Float64Array(6);
    seen.set(who, counts);
    counts[packed.code[k]!]! += 1;
  }
  return seen;
}

function emptyTally(): Tally {
  return { block: -1, pairs: [], flips: [], leftTwice: 0, rightTwice: 0 };
}

/** Adds the pairs of forward and backward verdicts, of which all pairings are equally likely. */
function count(tally: Tally, block: number, forward: Float64Array, backward: Float64Array): void {
  const totals = [forward, backward].map((one) => one[0]! + one[1]! + one[2]!) as [number, number];
  const pairs = Math.min(...totals);
  if (pairs === 0) return;
  if (tally.block !== block) {
    tally.block = block;
    tally.pairs.push(0);
    tally.flips.push(0);
  }
  const expected = (one: number, other: number) =>
    (forward[one]! * backward[other]! * pairs) / (totals[0] * totals[1]);
  tally.pairs[tally.pairs.length - 1]! += pairs;
  for (const one of [0, 1, 2]) {
    for (const other of [0, 1, 2]) {
      if (one !== other) tally.flips[tally.flips.length - 1]! += expected(one, other);
    }
  }
  tally.leftTwice += expected(UNIT_VERDICTS.first, UNIT_VERDICTS.second);
  tally.rightTwice += expected(UNIT_VERDICTS.second, UNIT_VERDICTS.first);
}

function summary({ pairs, flips, leftTwice, rightTwice }: Tally, level: number): BothOrders {
  const { count: flipped, of, share, low, high } = clusteredShare(flips, pairs, level);
  return {
    pairs: of,
    flips: flipped,
    flipRate: share,
    low,
    high,
    leftTwice,
    rightTwice,
    mcnemar: of === 0 ? null : fairCoinTwoSided(leftTwice, rightTwice),
  };
}
