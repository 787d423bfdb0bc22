import type { ComparisonTable } from '../table/comparison-table.ts';
import { type ClusterUnit, clustersOf } from './cluster-ids.ts';

/** Prompts or judges that are known, and how many. */
export interface PassedOver {
  readonly unit: string;
  readonly clusters: number;
}

/** What is taken as independent where nothing was said, and what was passed over for being few. */
export interface UnitChoice {
  readonly unit: ClusterUnit;
  /** Each with 1 to 9 clusters; its error is still heeded where there are at least two. */
  readonly passedOver: readonly PassedOver[];
}

/** Fewer prompts or judges than these are not taken as the unit by themselves. */
export const MIN_CLUSTERS = 10;

/**
 * The first known of prompt and judge with at least 10 values, ranking, comparison. Prompts and judges
 * with fewer are passed over: their error is known too badly to stand alone, and too relevant to forget.
 */
export function chooseUnit(table: ComparisonTable): UnitChoice {
  const passedOver: PassedOver[] = [];
  for (const unit of ['prompt', 'judge']) {
    if (table.groups[unit] === undefined) continue;
    const clusters = clustersOf(table, unit)[0]!.count;
    if (clusters >= MIN_CLUSTERS) return { unit, passedOver };
    passedOver.push({ unit, clusters });
  }
  return { unit: table.groups.ranking === undefined ? 'comparison' : 'ranking', passedOver };
}
