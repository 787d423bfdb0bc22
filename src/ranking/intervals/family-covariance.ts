import { TuttiError } from '../../core/tutti-error.ts';
import { type FamilyFit, rowGamesOf } from '../family/fit-family.ts';
import { type Clusters, clustersOf } from '../input/cluster-ids.ts';
import { nearestSemidefinite } from '../linear/symmetric-eigen.ts';
import type { RatingData } from '../methods/rating-method.ts';
import { type SandwichInput, sandwichCovariance, verdictSlopes } from './sandwich.ts';

/** The covariance of a fit with what it rests on. */
export interface FamilyCovariance {
  /** Of all parameters, strengths relative to their mean. */
  readonly covariance: Float64Array;
  readonly degreesOfFreedom: number;
  /** Number of clusters; the smaller one of two. */
  readonly clusters: number;
  /** Mean ratio of the items' standard errors to those by comparison. */
  readonly widening: number;
  readonly warnings: readonly string[];
}

const FEW_CLUSTERS = 30;

/**
 * The sandwich covariance by the unit asked for; two-way is V_one + V_other - V_comparison (Cameron,
 * Gelbach and Miller 2011), negative eigenvalues set to 0.
 *
 * @throws TuttiError `bad_usage` when all comparisons are in one cluster.
 */
export function familyCovariance(data: RatingData, fit: FamilyFit, unit: string): FamilyCovariance {
  const clusters = clustersOf(data.table, unit);
  const input = sandwichInput(data, fit, clusters);
  const rows: Clusters = { name: 'comparison', count: data.table.rows, ids: null };
  const byRow = sandwichCovariance(input, rows);
  const parts = clusters.map((one) => {
    if (one.count > 1) return one.ids === null ? byRow : sandwichCovariance(input, one);
    throw new TuttiError('bad_usage', `All comparisons are in one cluster of "${one.name}".`, {
      hint: 'Intervals need at least two; cluster by something else, or by comparison.',
    });
  });
  const covariance =
    parts.length === 1
      ? parts[0]!
      : nearestSemidefinite(parts[0]!.map((one, at) => one + parts[1]![at]! - byRow[at]!));
  const fewest = Math.min(...clusters.map((one) => one.count));
  return {
    covariance,
    degreesOfFreedom: fewest - 1,
    clusters: fewest,
    widening: widening(covariance, byRow, data.table.items.length),
    warnings: clusterWarnings(clusters, data.table.items.length),
  };
}

/** What the sandwich and the influence values of a fit are made from. */
export function sandwichInput(
  data: RatingData,
  fit: FamilyFit,
  clusters: readonly Clusters[],
): SandwichInput {
  const byRow = clusters.every((one) => one.ids === null) && data.table.weight === null;
  return {
    games: fit.objective.games,
    slopes: verdictSlopes(fit.objective, fit.maximum.parameters),
    rowGames: byRow ? null : rowGamesOf(fit, data.table),
    weight: data.table.weight,
    inverse: fit.inverse,
  };
}

function widening(covariance: Float64Array, byRow: Float64Array, items: number): number {
  const size = Math.sqrt(covariance.length);
  let sum = 0;
  let counted = 0;
  for (let item = 0; item < items; item++) {
    const plain = byRow[item * size + item]!;
    if (!(plain > 0)) continue;
    sum += Math.sqrt(Math.max(0, covariance[item * size + item]!) / plain);
    counted++;
  }
  return counted > 0 ? sum / counted : 1;
}

function clusterWarnings(clusters: readonly Clusters[], items: number): string[] {
  return clusters.flatMap(({ name, count, ids }) => {
    if (ids === null) return [];
    if (count < FEW_CLUSTERS) {
      return [`Only ${count} clusters by ${name}: intervals from fewer than 30 are rough.`];
    }
    return count < items
      ? [
          `Fewer clusters by ${name} (${count}) than items (${items}): comparisons of many items at once are rough.`,
        ]
      : [];
  });
}
