import type { Games } from '../input/games.ts';
import type { ResolvedOptions } from '../options/options.ts';
import type { ComparisonTable } from '../table/comparison-table.ts';

/** What one round of a bootstrap gives. */
export interface RoundScores {
  /** Log strengths with mean 0, or scores, by item. */
  readonly values: Float64Array;
  /** True when there was no finite fit and a prior was used. */
  readonly degenerate: boolean;
}

/** What all rounds of a bootstrap share. */
interface Rounds {
  readonly options: ResolvedOptions;
  /** `MethodFit.start` of the whole data. */
  readonly start: unknown;
}

/**
 * How a method rates the items again in each round of a bootstrap: from games with other weights, or from
 * the rows in their order, each taken so many times. Made once for all rounds of a thread.
 */
export type Rescoring =
  | {
      readonly reads: 'games';
      /** @returns what rates the items from weights by `3 * game + outcome`. */
      rescorer(rounds: Rounds & { readonly games: Games }): (weight: Float64Array) => RoundScores;
    }
  | {
      readonly reads: 'rows';
      /** Whether the column of judges is read; others never are. */
      readonly judges: boolean;
      /** @returns what rates the items from how often each row was drawn. */
      rescorer(
        rounds: Rounds & { readonly table: ComparisonTable },
      ): (times: Float64Array) => RoundScores;
    };

/** The rescoring of a method whose scores come from games alone. */
export function rescoreGames(
  scoresOf: (games: Games, options: ResolvedOptions) => Float64Array,
): Rescoring {
  return {
    reads: 'games',
    rescorer:
      ({ games, options }) =>
      (weight) => ({ values: scoresOf({ ...games, weight }, options), degenerate: false }),
  };
}
