import type { ComparisonTable } from '../core/comparison-table.ts';
import { TuttiError } from '../core/tutti-error.ts';
import { checkTable, lookalikeNames } from './input/check-table.ts';
import { clustersOf, defaultUnit } from './input/cluster-ids.ts';
import { addUpGames } from './input/games.ts';
import { reweightPairs } from './input/reweight-pairs.ts';
import { selectRows } from './input/select-rows.ts';
import { tally } from './input/tallies.ts';
import { type Comparisons, toTable } from './input/to-table.ts';
import { METHODS } from './methods/methods.ts';
import type { MethodFit, RatingData } from './methods/rating-method.ts';
import type { RankOptions, ResolvedOptions } from './options.ts';
import { resolveOptions } from './resolve-options.ts';

/** A fitted method, before its intervals. */
export interface PreparedRanking {
  readonly data: RatingData;
  /** The comparisons as they were selected, before pairs were weighed. */
  readonly votes: ComparisonTable;
  readonly fit: MethodFit;
  readonly options: ResolvedOptions;
  readonly warnings: readonly string[];
}

/**
 * Checks and selects the comparisons and fits the method; `finishRanking` adds the intervals.
 *
 * @throws TuttiError `bad_usage`, `bad_input`, `no_comparisons`, `not_comparable`, `too_many_items`.
 */
export function prepareRanking(comparisons: Comparisons, options: RankOptions): PreparedRanking {
  const given = toTable(comparisons);
  checkTable(given);
  const selected = selectRows(given, {
    bothBad: options.bothBad ?? 'tie',
    minComparisons: options.minComparisons ?? 0,
    keep: options.keep,
  });
  const votes = selected.table;
  if (votes.rows === 0) throw noComparisons(given.rows);
  const table = options.reweight ? reweightPairs(votes, options.reweight) : votes;
  const unit = options.cluster ?? usableUnit(table);
  const resolved = resolveOptions(table, { ...options, cluster: unit });
  if (resolved.intervals !== 'none') clustersOf(table, unit);
  const data = { table, games: addUpGames(table), tallies: tally(table) };
  const fit = METHODS[resolved.method].fit(data, resolved);
  const warnings = [
    ...lookalikeNames(table.items).map(
      (names) => `These names differ only in case or spaces: ${names.join(', ')}.`,
    ),
    ...(selected.droppedItems.length > 0
      ? [
          `${selected.droppedItems.length} items with fewer than ${resolved.minComparisons} comparisons are left out.`,
        ]
      : []),
    ...(selected.droppedBothBad > 0
      ? [`${selected.droppedBothBad} verdicts that both are bad are left out.`]
      : []),
  ];
  const determined = fit.family === null || fit.family.finite;
  const intervals = determined ? resolved.intervals : 'none';
  return { data, votes, fit, options: { ...resolved, intervals }, warnings };
}

/** The default unit, or single comparisons where that column has one value only. */
function usableUnit(table: RatingData['table']): string {
  const unit = defaultUnit(table);
  return clustersOf(table, unit)[0]!.count > 1 ? unit : 'comparison';
}

function noComparisons(given: number): TuttiError {
  return given === 0
    ? new TuttiError('no_comparisons', 'There are no comparisons.')
    : new TuttiError('no_comparisons', `None of the ${given} comparisons is left.`, {
        hint: 'All weights are 0, or the selection leaves everything out.',
      });
}
