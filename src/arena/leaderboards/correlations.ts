import { correlateRankings } from '../../ranking/index.ts';
import type { Leaderboard } from './leaderboard.ts';

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
