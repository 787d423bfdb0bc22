import type {
  FitReport,
  MethodName,
  RankCorrelations,
  RankingRecord,
} from '../../ranking/index.ts';
import type { Findings } from './findings.ts';
import type { ExpectedScore } from './neighbours.ts';

/** A ranking with all that belongs to it, as it is written to JSON. */
export interface Leaderboard extends Omit<RankingRecord, 'fit'>, Findings {
  /** The group that was ranked; null for all comparisons together. */
  readonly by: { readonly column: string; readonly group: string } | null;
  readonly fit: FitReport & { readonly version: string };
  /** With several methods: expected scores of neighbours on the first method's ranking. */
  readonly neighbours?: readonly ExpectedScore[] | undefined;
  /** How it agrees with the other leaderboards. */
  readonly correlations: readonly Correlation[];
}

/** A group that cannot be ranked, and why. */
export interface RankRefusal {
  readonly method: MethodName;
  readonly group: string;
  readonly code: string;
  readonly message: string;
  readonly hint: string | undefined;
}

/** All rankings that were asked for. */
export interface RankedTable {
  readonly leaderboards: readonly Leaderboard[];
  readonly refusals: readonly RankRefusal[];
}

/** How a leaderboard agrees with another one, over the items that both have. */
export interface Correlation extends RankCorrelations {
  readonly method: MethodName;
  /** Group of the other one; null without groups. */
  readonly group: string | null;
  readonly items: number;
}
