import { TuttiError } from '../core/tutti-error.ts';
import { centre } from './family/newton.ts';
import { clustersOf } from './input/cluster-ids.ts';
import { accelerations } from './intervals/accelerations.ts';
import {
  type Bounds,
  basicBounds,
  bcaBounds,
  percentileBounds,
  roundsCovariance,
} from './intervals/bootstrap-intervals.ts';
import type { BootstrapRounds } from './intervals/bootstrap-rounds.ts';
import { studentQuantile } from './intervals/distributions.ts';
import { corner, type Estimate } from './intervals/estimate.ts';
import {
  type FamilyCovariance,
  familyCovariance,
  sandwichInput,
} from './intervals/family-covariance.ts';
import { rankRanges } from './intervals/rank-ranges.ts';
import type { PreparedRanking } from './prepare-ranking.ts';
import { rankItems } from './rank-items.ts';
import type { Coefficient, FitReport, Ranking } from './ranking.ts';

/** Most rounds that may lack a finite fit, as a share. */
const MOST_DEGENERATE = 0.01;

/**
 * Adds intervals and ranks to a fit.
 *
 * @param rounds results of all rounds, when bootstrap intervals were asked for; else null.
 */
export function finishRanking(prepared: PreparedRanking, rounds: BootstrapRounds | null): Ranking {
  const { data, fit, options } = prepared;
  const family =
    fit.family === null || options.intervals === 'none'
      ? null
      : familyCovariance(data, fit.family, options.cluster);
  const values = centredValues(prepared);
  const estimate = estimateOf(prepared, values, family, rounds);
  const tooMany = rounds !== null && rounds.degenerateRounds > MOST_DEGENERATE * options.rounds;
  const bounds = tooMany ? null : boundsOf(prepared, values, estimate, rounds);
  const ranges = estimate === null ? null : rankRanges(estimate, options.level, options.seed);
  return {
    method: options.method,
    options,
    fit: fitReport(prepared, family, rounds),
    items: rankItems(prepared, bounds, ranges),
    coefficients: coefficientsOf(prepared, family),
    judges: fit.judges ?? [],
    warnings: [...prepared.warnings, ...fit.notes, ...(family?.warnings ?? [])],
    problems: [
      ...fit.problems,
      ...(fit.converged || fit.problems.length > 0
        ? []
        : [`The iteration did not converge: residual ${fit.residual.toExponential(1)}.`]),
      ...(tooMany
        ? [
            `${rounds.degenerateRounds} of ${options.rounds} bootstrap rounds have no finite fit: no intervals. Use a prior of 0.5, or sandwich intervals.`,
          ]
        : []),
    ],
    estimate,
  };
}

/** Log strengths where there are any, else scores; the former have mean 0. */
function centredValues({ fit }: PreparedRanking): Float64Array {
  const values = (fit.logStrengths ?? fit.scores).slice();
  if (fit.logStrengths !== undefined) centre(values, values.length);
  return values;
}

function estimateOf(
  { data, options }: PreparedRanking,
  values: Float64Array,
  family: FamilyCovariance | null,
  rounds: BootstrapRounds | null,
): Estimate | null {
  const items = data.table.items;
  const centred = values.slice();
  centre(centred, centred.length);
  if (family !== null) {
    const covariance = corner(family.covariance, items.length);
    return { items, values: centred, covariance, degreesOfFreedom: family.degreesOfFreedom };
  }
  if (rounds === null) return null;
  const counts = clustersOf(data.table, options.cluster).map((one) => one.count);
  return {
    items,
    values: centred,
    covariance: roundsCovariance(rounds.values, items.length),
    degreesOfFreedom: Math.max(1, Math.min(...counts) - 1),
  };
}

function boundsOf(
  prepared: PreparedRanking,
  values: Float64Array,
  estimate: Estimate | null,
  rounds: BootstrapRounds | null,
): Bounds | null {
  const { options } = prepared;
  if (rounds !== null) {
    const sample = { values, rounds: rounds.values, level: options.level };
    if (options.bootstrapInterval === 'percentile') return percentileBounds(sample);
    if (options.bootstrapInterval === 'basic') return basicBounds(sample);
    return bcaBounds(sample, accelerationsOf(prepared));
  }
  if (estimate === null) return null;
  const quantile = studentQuantile((1 + options.level) / 2, estimate.degreesOfFreedom);
  const width = (item: number) =>
    quantile * Math.sqrt(Math.max(0, estimate.covariance[item * values.length + item]!));
  return {
    low: values.map((value, item) => value - width(item)),
    high: values.map((value, item) => value + width(item)),
  };
}

function accelerationsOf({ data, fit, options }: PreparedRanking): Float64Array {
  const clusters = clustersOf(data.table, options.cluster);
  if (clusters.length > 1) {
    throw new TuttiError('bad_usage', 'BCa intervals cannot be clustered in two ways.', {
      hint: 'Use percentile intervals, or the sandwich.',
    });
  }
  const input = sandwichInput(data, fit.family!, clusters);
  return accelerations(input, clusters[0]!, data.table.rows);
}

function coefficientsOf(
  { fit, options }: PreparedRanking,
  family: FamilyCovariance | null,
): Coefficient[] {
  if (fit.family === null) return [];
  const { maximum, coefficients, covariates, objective } = fit.family;
  const quantile =
    family === null ? 0 : studentQuantile((1 + options.level) / 2, family.degreesOfFreedom);
  const size = maximum.parameters.length;
  return coefficients.map((name, at) => {
    const parameter = objective.games.items + at;
    const value = maximum.parameters[parameter]!;
    const variance = family === null ? 0 : family.covariance[parameter * size + parameter]!;
    const width = quantile * Math.sqrt(Math.max(0, variance));
    return {
      name,
      value,
      low: family === null ? null : value - width,
      high: family === null ? null : value + width,
      standardDeviation: covariates[at - (options.side ? 1 : 0)]?.standardDeviation ?? 1,
    };
  });
}

function fitReport(
  { data, fit, options }: PreparedRanking,
  family: FamilyCovariance | null,
  rounds: BootstrapRounds | null,
): FitReport {
  const clusters =
    options.intervals === 'none'
      ? null
      : clustersOf(data.table, options.cluster).map((one) => one.count);
  return {
    iterations: fit.iterations,
    residual: fit.residual,
    converged: options.method === 'annotator' && fit.converged ? 'local' : fit.converged,
    logLikelihood: fit.logLikelihood ?? null,
    ties: fit.ties ?? null,
    unit: options.intervals === 'none' ? null : options.cluster,
    clusters: clusters === null ? null : Math.min(...clusters),
    widening: family?.widening ?? null,
    comparisons: data.table.rows,
    intervals: options.intervals,
    rounds: rounds === null ? null : options.rounds,
    degenerateRounds: rounds?.degenerateRounds ?? null,
    seed: options.seed,
  };
}
