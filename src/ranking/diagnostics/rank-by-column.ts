import { nearestName } from '../../core/nearest-name.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { type Comparisons, toTable } from '../input/to-table.ts';
import type { RankOptions } from '../options/options.ts';
import { rank } from '../rating/rank.ts';
import type { Ranking } from '../rating/ranking.ts';
import type { ComparisonTable } from '../table/comparison-table.ts';
import { type RankCorrelations, rankCorrelations } from './rank-correlations.ts';

/** A ranking of the rows of one group, or why there is none. */
export interface GroupRanking {
  readonly group: string;
  readonly ranking: Ranking | null;
  /** Why these rows cannot be ranked; null when they can. */
  readonly refusal: TuttiError | null;
}

/** How the rankings of two groups agree over the items that both have. */
export interface GroupCorrelation extends RankCorrelations {
  readonly group: string;
  readonly other: string;
  readonly items: number;
}

/**
 * Ranks the rows of each group of a column apart (by category, by judge) and says how the rankings
 * correlate; ranks are counted again among the items that both have.
 *
 * @throws TuttiError `bad_usage` when there is no such column.
 */
export function rankByColumn(
  comparisons: Comparisons,
  column: string,
  options: RankOptions = {},
): { rankings: GroupRanking[]; correlations: GroupCorrelation[] } {
  const table = toTable(comparisons);
  const groups = groupColumn(table, column);
  const rankings = Array.from({ length: groups.count }, (_, id): GroupRanking => {
    const keep = (row: number) => groups.ids[row] === id && (options.keep?.(row) ?? true);
    const group = groups.names?.[id] ?? String(id);
    try {
      return { group, ranking: rank(table, { ...options, keep }), refusal: null };
    } catch (error) {
      if (!(error instanceof TuttiError) || error.code === 'bad_usage') throw error;
      return { group, ranking: null, refusal: error };
    }
  });
  return { rankings, correlations: correlationsOf(rankings) };
}

function groupColumn(table: ComparisonTable, column: string) {
  const groups = table.groups[column];
  if (groups !== undefined) return groups;
  const nearest = nearestName(column, Object.keys(table.groups));
  throw new TuttiError('bad_usage', `The comparisons have no column "${column}".`, {
    hint: nearest === undefined ? undefined : `Did you mean ${nearest}?`,
  });
}

function correlationsOf(rankings: readonly GroupRanking[]): GroupCorrelation[] {
  return rankings.flatMap((one, at) =>
    rankings.slice(at + 1).flatMap((other) => {
      if (one.ranking === null || other.ranking === null) return [];
      return [
        { group: one.group, other: other.group, ...correlateRankings(one.ranking, other.ranking) },
      ];
    }),
  );
}

/** Correlates two rankings over the items that both have. */
export function correlateRankings(
  one: Pick<Ranking, 'items'>,
  other: Pick<Ranking, 'items'>,
): RankCorrelations & { readonly items: number } {
  const ranks = new Map(other.items.map(({ item, rank }) => [item, rank]));
  const shared = one.items.filter(({ item }) => ranks.has(item));
  const again = (column: readonly number[]) =>
    column.map((rank) => 1 + column.filter((better) => better < rank).length);
  return {
    items: shared.length,
    ...rankCorrelations(
      again(shared.map(({ rank }) => rank)),
      again(shared.map(({ item }) => ranks.get(item)!)),
    ),
  };
}
