import { TuttiError } from '../../core/tutti-error.ts';
import { checkTable, lookalikeNames } from '../input/check-table.ts';
import { clustersOf } from '../input/cluster-ids.ts';
import { chooseUnit, type PassedOver, type UnitChoice } from '../input/default-unit.ts';
import { addUpGames } from '../input/games.ts';
import type { RatingData } from '../input/rating-data.ts';
import { reweightPairs } from '../input/reweight-pairs.ts';
import { type SelectedRows, selectRows } from '../input/select-rows.ts';
import { tally } from '../input/tallies.ts';
import { type Comparisons, toTable } from '../input/to-table.ts';
import { METHODS } from '../methods/methods.generated.ts';
import type { MethodFit } from '../methods/rating-method.ts';
import type { RankOptions, ResolvedOptions } from '../options/options.ts';
import type { ComparisonTable } from '../table/comparison-table.ts';
import { methodOf, resolveOptions } from './resolve-options.ts';

/** A fitted method, before its intervals. */
export interface PreparedRanking {
  readonly data: RatingData;
  /** The comparisons as they were selected, before pairs were weighed. */
  readonly votes: ComparisonTable;
  readonly fit: MethodFit;
  readonly options: ResolvedOptions;
  /** Units with few clusters that were not taken, but that every claim has to heed. */
  readonly passedOver: readonly PassedOver[];
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
  const { unit, passedOver } = unitOf(table, options);
  const resolved = resolveOptions(table, { ...options, cluster: unit });
  const data = { table, games: addUpGames(table), tallies: tally(table) };
  const fit = METHODS[resolved.method].fit(data, resolved);
  if (resolved.intervals !== 'none') clustersOf(table, unit);
  const determined = fit.likelihood === null || fit.likelihood.finite;
  const ofLists = unit === 'ranking' && table.groups.ranking !== undefined;
  const oneList = ofLists && clustersOf(table, unit)[0]!.count === 1;
  const intervals = determined && !oneList ? resolved.intervals : 'none';
  const warnings = [
    ...selectionWarnings(selected, resolved),
    ...(oneList && resolved.intervals !== 'none'
      ? ['There is one ordered list only: nothing tells how far another one would differ.']
      : []),
  ];
  return { data, votes, fit, options: { ...resolved, intervals }, passedOver, warnings };
}

/** The unit that was named, or the one that is taken by itself; lists are not taken apart by their own method. */
function unitOf(table: RatingData['table'], { cluster, method }: RankOptions): UnitChoice {
  const choice = cluster === undefined ? chooseUnit(table) : { unit: cluster, passedOver: [] };
  const ofLists = METHODS[methodOf(method)].likelihood === 'lists' && choice.unit === 'comparison';
  return ofLists ? { ...choice, unit: 'ranking' } : choice;
}

function selectionWarnings(
  { table, droppedItems, droppedBothBad }: SelectedRows,
  { minComparisons }: ResolvedOptions,
): string[] {
  return [
    ...lookalikeNames(table.items).map(
      (names) => `These names differ only in case or spaces: ${names.join(', ')}.`,
    ),
    ...(droppedItems.length > 0
      ? [`${droppedItems.length} items with fewer than ${minComparisons} comparisons are left out.`]
      : []),
    ...(droppedBothBad > 0 ? [`${droppedBothBad} verdicts that both are bad are left out.`] : []),
  ];
}

function noComparisons(given: number): TuttiError {
  return given === 0
    ? new TuttiError('no_comparisons', 'There are no comparisons.')
    : new TuttiError('no_comparisons', `None of the ${given} comparisons is left.`, {
        hint: 'All weights are 0, or the selection leaves everything out.',
      });
}
