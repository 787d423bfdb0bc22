import { TuttiError } from '../../core/tutti-error.ts';
import {
  type Clusters,
  clustersOf,
  effectiveCount,
  intersectionOf,
  subtractsComparisons,
} from '../input/cluster-ids.ts';
import { MIN_CLUSTERS, type PassedOver } from '../input/default-unit.ts';
import { nearestSemidefinite } from '../numerics/symmetric-eigen.ts';
import type { ComparisonTable } from '../table/comparison-table.ts';
import { corner, type ErrorBand } from './estimate.ts';

/** The covariances of a fitted likelihood; all of all parameters, strengths relative to their mean. */
export interface LikelihoodErrors {
  /** The smallest things that are drawn at once: comparisons, or lists. */
  readonly finest: Clusters;
  readonly items: number;
  /** The sandwich by clusters of rows. */
  by(clusters: Clusters): Float64Array;
  /** The covariance if the model itself drew the votes. */
  model(): Float64Array;
}

/** Which errors are wanted. */
export interface UnitOptions {
  readonly unit: string;
  readonly passedOver: readonly PassedOver[];
  readonly prior: number;
}

/** The error by the unit, and the further ones that claims have to hold by. */
export interface UnitErrors {
  /** Of all parameters. */
  readonly covariance: Float64Array;
  readonly degreesOfFreedom: number;
  /** Number of clusters, and of equal ones that are worth as much; the smaller ones of two. */
  readonly clusters: number;
  readonly effective: number;
  /** Mean ratio of the items' standard errors to those by the finest unit. */
  readonly widening: number;
  /** Of the items. */
  readonly further: readonly ErrorBand[];
}

/**
 * The sandwich covariance by the unit asked for, with Student's t of (effective clusters - 1) degrees of
 * freedom; two-way is V_one + V_other - V_intersection (Cameron, Gelbach and Miller 2011), negative
 * eigenvalues set to 0. The further errors: by each unit that was passed over; by the finest unit, since a
 * few clusters may agree by chance; and, with a prior, that of the model, since a prior pulls every vote's
 * residual to 0 and is no evidence.
 *
 * @throws TuttiError `bad_usage` when all comparisons are in one cluster.
 */
export function unitErrors(
  errors: LikelihoodErrors,
  table: ComparisonTable,
  { unit, passedOver, prior }: UnitOptions,
): UnitErrors {
  const ways = clustersOf(table, unit);
  const single = errors.finest;
  const finest = errors.by(single);
  const covariance = combined(errors, ways, finest, unit);
  const clusters = Math.min(...ways.map((one) => one.count));
  const effective = Math.min(...ways.map((one) => effectiveCount(one, table)));
  const alone = ways.length === 1 && ways[0]!.name === single.name;
  const further: ErrorBand[] = [];
  const add = (band: Omit<ErrorBand, 'covariance'>, of: Float64Array) =>
    further.push({ ...band, covariance: corner(of, errors.items) });
  for (const { unit: name, clusters: count } of passedOver) {
    if (count < 2) continue;
    const [one] = clustersOf(table, name);
    const degreesOfFreedom = effectiveCount(one!, table) - 1;
    add({ unit: name, count, degreesOfFreedom, pairsOnly: false }, errors.by(one!));
  }
  const degrees = { degreesOfFreedom: effectiveCount(single, table) - 1, count: single.count };
  if (!alone) {
    add({ unit: single.name, ...degrees, pairsOnly: clusters >= MIN_CLUSTERS }, finest);
  }
  if (prior > 0) {
    const normal = { count: single.count, degreesOfFreedom: Number.POSITIVE_INFINITY };
    add({ unit: 'model', ...normal, pairsOnly: false }, errors.model());
  }
  return {
    covariance,
    degreesOfFreedom: effective - 1,
    clusters,
    effective,
    widening: widening(covariance, finest, errors.items),
    further,
  };
}

function combined(
  errors: LikelihoodErrors,
  ways: readonly Clusters[],
  finest: Float64Array,
  unit: string,
): Float64Array {
  const parts = ways.map((one) => {
    if (one.count > 1) return one.name === errors.finest.name ? finest : errors.by(one);
    throw new TuttiError('bad_usage', `All comparisons are in one cluster of "${one.name}".`, {
      hint: 'Intervals need at least two; cluster by something else, or by comparison.',
    });
  });
  const [first, second] = parts;
  if (second === undefined) return first!;
  const shared = subtractsComparisons(unit)
    ? unscaled(finest, errors.finest.count)
    : byIntersection(errors, ways, finest);
  return nearestSemidefinite(first!.map((one, at) => one + second[at]! - shared[at]!));
}

function byIntersection(
  errors: LikelihoodErrors,
  [one, other]: readonly Clusters[],
  finest: Float64Array,
): Float64Array {
  const both = intersectionOf(one!, other!);
  return both.ids === null ? finest : errors.by(both);
}

/** Without the factor G / (G - 1), which R leaves out of what it takes away in this form. */
function unscaled(covariance: Float64Array, count: number): Float64Array {
  return covariance.map((value) => (value * (count - 1)) / count);
}

function widening(covariance: Float64Array, finest: Float64Array, items: number): number {
  const size = Math.sqrt(covariance.length);
  let sum = 0;
  let counted = 0;
  for (let item = 0; item < items; item++) {
    const plain = finest[item * size + item]!;
    if (!(plain > 0)) continue;
    sum += Math.sqrt(Math.max(0, covariance[item * size + item]!) / plain);
    counted++;
  }
  return counted > 0 ? sum / counted : 1;
}
