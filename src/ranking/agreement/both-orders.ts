import { packRatings } from './ratings.ts';
import { fairCoinTwoSided } from './test-probabilities.ts';
import { UNIT_VERDICTS, type VerdictUnits } from './verdict-units.ts';

/**
 * What a judge did who saw the same two answers in both orders. Where it saw them several times, these are
 * the counts that pairing at random gives on average, and need not be whole.
 */
export interface BothOrders {
  /** Pairs of verdicts on the same unit, one in each order. */
  readonly pairs: number;
  /** Pairs whose verdicts name different winners, or a winner and a tie. */
  readonly flips: number;
  /** flips / pairs; null without pairs. */
  readonly flipRate: number | null;
  /** Pairs in which the left answer won both times, and the right one. */
  readonly leftTwice: number;
  readonly rightTwice: number;
  /** Exact McNemar test of leftTwice against rightTwice, two-sided; null without pairs. */
  readonly mcnemar: number | null;
}

interface Tally {
  pairs: number;
  flips: number;
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
): { all: BothOrders; judges: BothOrders[] } {
  // A verdict and the order in which it was given, in one number.
  const code = units.code.map((verdict, row) => verdict + 3 * units.sameSide[row]!);
  const packed = packRatings({ unit: units.unit, judge, code }, units.unitCount, [], []);
  const tallies: Tally[] = Array.from({ length: judgeCount }, emptyTally);
  const seen = new Map<number, Float64Array>();
  for (let unit = 0; unit < units.unitCount; unit++) {
    seen.clear();
    for (let k = packed.unitStart[unit]!; k < packed.unitStart[unit + 1]!; k++) {
      const who = packed.judge[k]!;
      if (who >= judgeCount) continue;
      const counts = seen.get(who) ?? new Float64Array(6);
      seen.set(who, counts);
      counts[packed.code[k]!]! += 1;
    }
    for (const [who, counts] of seen)
      count(tallies[who]!, counts.subarray(3), counts.subarray(0, 3));
  }
  return { all: summary(tallies.reduce(sumOf, emptyTally())), judges: tallies.map(summary) };
}

function emptyTally(): Tally {
  return { pairs: 0, flips: 0, leftTwice: 0, rightTwice: 0 };
}

function sumOf(one: Tally, other: Tally): Tally {
  return {
    pairs: one.pairs + other.pairs,
    flips: one.flips + other.flips,
    leftTwice: one.leftTwice + other.leftTwice,
    rightTwice: one.rightTwice + other.rightTwice,
  };
}

/** Adds the pairs of forward and backward verdicts, of which all pairings are equally likely. */
function count(tally: Tally, forward: Float64Array, backward: Float64Array): void {
  const totals = [forward, backward].map((one) => one[0]! + one[1]! + one[2]!) as [number, number];
  const pairs = Math.min(...totals);
  if (pairs === 0) return;
  const expected = (one: number, other: number) =>
    (forward[one]! * backward[other]! * pairs) / (totals[0] * totals[1]);
  tally.pairs += pairs;
  for (const one of [0, 1, 2]) {
    for (const other of [0, 1, 2]) if (one !== other) tally.flips += expected(one, other);
  }
  tally.leftTwice += expected(UNIT_VERDICTS.first, UNIT_VERDICTS.second);
  tally.rightTwice += expected(UNIT_VERDICTS.second, UNIT_VERDICTS.first);
}

function summary(tally: Tally): BothOrders {
  if (tally.pairs === 0) return { ...tally, flipRate: null, mcnemar: null };
  return {
    ...tally,
    flipRate: tally.flips / tally.pairs,
    mcnemar: fairCoinTwoSided(tally.leftTwice, tally.rightTwice),
  };
}
