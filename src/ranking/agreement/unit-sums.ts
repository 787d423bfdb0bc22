import { countUnits, type Ratings } from './ratings.ts';
import type { UnitBlocks } from './unit-blocks.ts';

/** What Fleiss' kappa and Gwet's AC1 need of units, as sums over them. */
export interface UnitSums {
  /** Units with a rating, and the sum over them of each value's share. */
  rated: number;
  readonly shares: Float64Array;
  /** The same for units with two ratings or more, and the sum of their shares of agreeing pairs. */
  paired: number;
  readonly pairedShares: Float64Array;
  agreement: number;
}

/** Sums over no unit. */
function emptySums(values: number): UnitSums {
  const [shares, pairedShares] = [new Float64Array(values), new Float64Array(values)];
  return { rated: 0, shares, paired: 0, pairedShares, agreement: 0 };
}

/** Sums over all units. */
export function sumUnits(ratings: Ratings): UnitSums {
  const sums = emptySums(ratings.values.length);
  const tally = new Uint32Array(ratings.values.length);
  for (let unit = 0; unit < countUnits(ratings); unit++) addUnit(sums, ratings, unit, tally);
  return sums;
}

/** Values of a coefficient of such sums without each block; NaN where it is undefined. */
export function withoutBlocks(
  ratings: Ratings,
  blocks: UnitBlocks,
  total: UnitSums,
  coefficients: readonly ((sums: UnitSums) => number | null)[],
): Float64Array[] {
  const values = coefficients.map(() => new Float64Array(blocks.count));
  const tally = new Uint32Array(ratings.values.length);
  for (let block = 0; block < blocks.count; block++) {
    const part = emptySums(ratings.values.length);
    for (let k = blocks.start[block]!; k < blocks.start[block + 1]!; k++) {
      addUnit(part, ratings, blocks.order[k]!, tally);
    }
    const rest = difference(total, part);
    for (const [k, coefficient] of coefficients.entries()) {
      // A block without a rating is no observation.
      values[k]![block] = part.rated === 0 ? Number.NaN : (coefficient(rest) ?? Number.NaN);
    }
  }
  return values;
}

/** @param tally zeros, one for each value; zeros again afterwards. */
function addUnit(sums: UnitSums, ratings: Ratings, unit: number, tally: Uint32Array): void {
  const [from, to] = [ratings.unitStart[unit]!, ratings.unitStart[unit + 1]!];
  const size = to - from;
  if (size === 0) return;
  sums.rated += 1;
  if (size > 1) sums.paired += 1;
  let agreeing = 0;
  for (let k = from; k < to; k++) {
    const code = ratings.code[k]!;
    agreeing += 2 * tally[code]!;
    tally[code]! += 1;
    addShare(sums.shares, code, 1 / size, ratings.mirror);
    if (size > 1) addShare(sums.pairedShares, code, 1 / size, ratings.mirror);
  }
  for (let k = from; k < to; k++) tally[ratings.code[k]!] = 0;
  if (size > 1) sums.agreement += agreeing / (size * (size - 1));
}

/** Where a unit can be seen from two sides, each counts half. */
function addShare(
  shares: Float64Array,
  code: number,
  share: number,
  mirror: Ratings['mirror'],
): void {
  if (mirror === null) {
    shares[code]! += share;
    return;
  }
  shares[code]! += share / 2;
  shares[mirror[code]!]! += share / 2;
}

function difference(total: UnitSums, part: UnitSums): UnitSums {
  return {
    rated: total.rated - part.rated,
    shares: total.shares.map((share, k) => rest(share, part.shares[k]!)),
    paired: total.paired - part.paired,
    pairedShares: total.pairedShares.map((share, k) => rest(share, part.pairedShares[k]!)),
    agreement: rest(total.agreement, part.agreement),
  };
}

/** What is left of a sum; a rest of rounding is none. */
function rest(total: number, part: number): number {
  const left = total - part;
  return Math.abs(left) < 1e-9 * total ? 0 : left;
}
