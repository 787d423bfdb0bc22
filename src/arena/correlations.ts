import { correlateRankings, type MethodName, type RankCorrelations } from '../ranking/index.ts';
import type { Leaderboard } from './rank-table.ts';

/** How a leaderboard agrees with another one, over the items that both have. */
export interface Correlation extends RankCorrelations {
  readonly method: MethodName;
  /** Group of the other one; null without groups. */
  readonly group: string | null;
  readonly items: number;
}

/** Adds to each leaderboard how it correlates with every other one of its method or of its group. */
export function correlate(boards: readonly Leaderboard[]): Leaderboard[] {
  return boards.map((board) => ({
    ...board,
    correlations: boards
      .filter((other) => other !== board && isComparable(board, other))
      .map((other) => ({
        method: other.method,
        group: other.by?.group ?? null,
        ...correlateRankings(board, other),
      })),
  }));
}

function isComparable(one: Leaderboard, other: Leaderboard): boolean {
  return one.method === other.method || one.by?.group === other.by?.group;
}
