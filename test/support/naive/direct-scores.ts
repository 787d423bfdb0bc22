import type { Comparison } from '../../../src/ranking/table/comparison.ts';
import { points, type Tournament } from './tournament.ts';

/** Counting, as a sum over a row of the table. */
export function naiveCounting(played: Tournament): number[] {
  return points(played).map((row) => row.reduce((sum, one) => sum + one, 0));
}

/** Average win rate, as the mean of a row of shares. */
export function naiveAverageWinRate(played: Tournament): number[] {
  const m = points(played);
  return m.map((row, i) => {
    const shares = row
      .map((won, j) => won / (won + m[j]![i]!))
      .filter((share) => !Number.isNaN(share));
    return shares.length === 0 ? 0 : shares.reduce((sum, one) => sum + one, 0) / shares.length;
  });
}

/** Elo by the textbook, with powers of 10. */
export function naiveElo(
  comparisons: readonly Comparison[],
  k = 4,
  start = 1000,
): Map<string, number> {
  const ratings = new Map<string, number>();
  for (const { left, right, verdict, weight = 1 } of comparisons) {
    const [a, b] = [ratings.get(left) ?? start, ratings.get(right) ?? start];
    const expected = 10 ** (a / 400) / (10 ** (a / 400) + 10 ** (b / 400));
    const scored = verdict === 'left' ? 1 : verdict === 'right' ? 0 : 0.5;
    ratings.set(left, a + k * weight * (scored - expected));
    ratings.set(right, b + k * weight * (1 - scored - (1 - expected)));
  }
  return ratings;
}
