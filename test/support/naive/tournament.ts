import type { Comparison } from '../../../src/ranking/table/comparison.ts';

/** A tournament as square tables of weights: `wins[i][j]` of i over j, `ties[i][j]` both ways. */
export interface Tournament {
  readonly items: readonly string[];
  readonly wins: number[][];
  readonly ties: number[][];
}

/** Adds comparisons up, row by row; both-bad counts as a tie. Items are sorted by name. */
export function tournament(comparisons: readonly Comparison[]): Tournament {
  const items = [...new Set(comparisons.flatMap(({ left, right }) => [left, right]))].sort();
  const square = () => items.map(() => items.map(() => 0));
  const result = { items, wins: square(), ties: square() };
  for (const { left, right, verdict, weight = 1 } of comparisons) {
    const [i, j] = [items.indexOf(left), items.indexOf(right)];
    if (verdict === 'left') result.wins[i]![j]! += weight;
    else if (verdict === 'right') result.wins[j]![i]! += weight;
    else {
      result.ties[i]![j]! += weight;
      result.ties[j]![i]! += weight;
    }
  }
  return result;
}

/** Points: wins plus half the ties. */
export function points({ items, wins, ties }: Tournament): number[][] {
  return items.map((_, i) => items.map((__, j) => wins[i]![j]! + ties[i]![j]! / 2));
}
