import { TuttiError } from '../../core/tutti-error.ts';
import { type Clusters, clustersOf } from '../input/cluster-ids.ts';
import type { LikelihoodErrors } from '../intervals/unit-errors.ts';
import { centreCovariance, multiply } from '../numerics/products.ts';
import type { ComparisonTable } from '../table/comparison-table.ts';
import type { ListMaximum } from './fit-lists.ts';
import { evaluateLists, type ListObjective } from './list-likelihood.ts';

/** The errors of a fit to ordered lists: each list is one observation, or part of a larger cluster. */
export function listErrors(
  table: ComparisonTable,
  objective: ListObjective,
  { parameters }: ListMaximum,
  inverse: Float64Array,
): LikelihoodErrors {
  const { lists, weight } = objective;
  const size = parameters.length;
  const gradients: Float64Array[] = [];
  evaluateLists(objective, parameters, (list, gradient) => {
    gradients[list] = gradient.map((one) => weight[list]! * one);
  });
  const bread = (meat: Float64Array, factor: number): Float64Array => {
    const covariance = multiply(multiply(inverse, meat, size), inverse, size);
    for (let at = 0; at < covariance.length; at++) covariance[at]! *= factor;
    centreCovariance(covariance, size, lists.items);
    return covariance;
  };
  return {
    finest: clustersOf(table, 'ranking')[0]!,
    items: lists.items,
    by(clusters) {
      const sums = Array.from({ length: clusters.count }, () => new Float64Array(size));
      clusterOfLists(table, objective, clusters).forEach((cluster, list) => {
        const sum = sums[cluster]!;
        for (let at = 0; at < size; at++) sum[at]! += gradients[list]![at]!;
      });
      const factor = clusters.count > 1 ? clusters.count / (clusters.count - 1) : 1;
      return bread(squaresOf(sums, size), factor);
    },
    model() {
      const squared = { ...objective, weight: weight.map((one) => one * one) };
      return bread(evaluateLists(squared, parameters).information, 1);
    },
  };
}

function squaresOf(sums: readonly Float64Array[], size: number): Float64Array {
  const meat = new Float64Array(size * size);
  for (const sum of sums) {
    for (let row = 0; row < size; row++) {
      if (sum[row] === 0) continue;
      for (let column = 0; column < size; column++) {
        meat[row * size + column]! += sum[row]! * sum[column]!;
      }
    }
  }
  return meat;
}

/**
 * The cluster of each list.
 *
 * @throws TuttiError `bad_usage` when the rows of one list are in several clusters.
 */
function clusterOfLists(
  table: ComparisonTable,
  { lists }: ListObjective,
  { ids, name }: Clusters,
): Uint32Array {
  const clusters = Uint32Array.from(lists.lists, ({ row }) => ids?.[row] ?? row);
  const own = clustersOf(table, 'ranking')[0]!.ids!;
  for (let row = 0; row < table.rows; row++) {
    if (ids !== null && ids[row] === clusters[own[row]!]) continue;
    throw new TuttiError('bad_usage', `Lists cannot be clustered by ${name}: one has several.`, {
      hint: 'Cluster by ranking, or by what all of a list has in common, such as its prompt or judge.',
    });
  }
  return clusters;
}
