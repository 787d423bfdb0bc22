/** Numbers this close, relative to the larger one, share a rank. */
const SAME = 1e-9;

/** Tells whether two scores are the same but for rounding. */
function sameScore(one: number, other: number): boolean {
  return Math.abs(one - other) <= SAME * Math.max(Math.abs(one), Math.abs(other));
}

/** Positions of the items from the largest score to the smallest; equal ones in their own order. */
export function bestFirst(scores: Float64Array): number[] {
  return Array.from(scores.keys()).sort((a, b) => scores[b]! - scores[a]! || a - b);
}

/** Ranks of the items, 1 for the largest score; equal scores share one: 1, 2, 2, 4. */
export function ranks(scores: Float64Array): number[] {
  const result = new Array<number>(scores.length);
  let rank = 0;
  let previous = Number.NaN;
  bestFirst(scores).forEach((item, at) => {
    const score = scores[item]!;
    if (!(at > 0 && sameScore(score, previous))) rank = at + 1;
    result[item] = rank;
    previous = score;
  });
  return result;
}
