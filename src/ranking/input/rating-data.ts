import type { ComparisonTable } from '../table/comparison-table.ts';
import type { Games } from './games.ts';
import type { Tallies } from './tallies.ts';

/** What a method is given: checked comparisons, as rows and added up by pair. */
export interface RatingData {
  readonly table: ComparisonTable;
  /** One game for each pair of items that met. */
  readonly games: Games;
  readonly tallies: Tallies;
}
