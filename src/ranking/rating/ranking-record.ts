import type { Ranking } from './ranking.ts';

/** A ranking as it is written to JSON: without the covariance. */
export type RankingRecord = Omit<Ranking, 'estimate'>;

/** Leaves out of a ranking what is not for output. */
export function rankingRecord({ estimate: _, ...record }: Ranking): RankingRecord {
  return record;
}
