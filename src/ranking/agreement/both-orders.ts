import { packRatings } from './ratings.ts';
import { fairCoinTwoSided } from './test-probabilities.ts';
import { UNIT_VERDICTS, type VerdictUnits } from './verdict-units.ts';

/** What a judge did who saw the same two answers in both orders. */
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

/** Pairs each verdict of a judge on a unit with one of the same judge in the other order, each used once. */
export function bothOrders(
  units: VerdictUnits,
  judge: Uint32Array,
  judgeCount: number,
): { all: BothOrders; judges: BothOrders[] } {
  // A verdict and the order in which it was given, in one number.
  const code = units.code.map((verdict, row) => verdict + 3 * units.sameSide[row]!);
  const packed = packRatings({ unit: units.unit, judge, code }, units.unitCount, [], []);
  const tallies: Tally[] = Array.from({ length: judgeCount }, emptyTally);
  const waiting = new Map<number, { forward: number[]; backward: number[] }>();
  for (let unit = 0; unit < units.unitCount; unit++) {
    waiting.clear();
    for (let k = packed.unitStart[unit]!; k < packed.unitStart[unit + 1]!; k++) {
      const who = packed.judge[k]!;
      let seen = waiting.get(who);
      if (!seen) {
        seen = { forward: [], backward: [] };
        waiting.set(who, seen);
      }
      const [verdict, forward] = [packed.code[k]! % 3, packed.code[k]! >= 3];
      const partner = (forward ? seen.backward : seen.forward).pop();
      if (partner === undefined) (forward ? seen.forward : seen.backward).push(verdict);
      else if (forward) count(tallies[who]!, verdict, partner);
      else count(tallies[who]!, partner, verdict);
    }
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

function count(tally: Tally, forward: number, backward: number): void {
  tally.pairs += 1;
  if (forward === backward) return;
  tally.flips += 1;
  if (forward === UNIT_VERDICTS.tie || backward === UNIT_VERDICTS.tie) return;
  if (forward === UNIT_VERDICTS.first) tally.leftTwice += 1;
  else tally.rightTwice += 1;
}

function summary(tally: Tally): BothOrders {
  if (tally.pairs === 0) return { ...tally, flipRate: null, mcnemar: null };
  return {
    ...tally,
    flipRate: tally.flips / tally.pairs,
    mcnemar: fairCoinTwoSided(tally.leftTwice, tally.rightTwice),
  };
}
