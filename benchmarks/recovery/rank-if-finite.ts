import { TuttiError } from '../../src/core/tutti-error.ts';
import { type Ranking, type RankOptions, rank } from '../../src/ranking/index.ts';
import type { ComparisonTable } from '../../src/ranking/table/comparison-table.ts';

/** Ranks the items of a table; null where there is no finite fit. */
export function rankIfFinite(table: ComparisonTable, options: RankOptions): Ranking | null {
  try {
    return rank(table, options);
  } catch (error) {
    if (error instanceof TuttiError && error.code === 'not_comparable') return null;
    throw error;
  }
}
