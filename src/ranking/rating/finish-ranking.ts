import { mention } from '../../core/option-mention.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { rankRanges } from '../claims/rank-ranges.ts';
import { clustersOf, effectiveCount } from '../input/cluster-ids.ts';
import { accelerations } from '../intervals/accelerations.ts';
import {
  type Bounds,
  basicBounds,
  bcaBounds,
  percentileBounds,
} from '../intervals/bootstrap-intervals.ts';
import { type ErrorBand, type Estimate, errorBands } from '../intervals/estimate.ts';
import { sandwichInput } from '../intervals/likelihood-errors.ts';
import type { UnitErrors } from '../intervals/unit-errors.ts';
import { centre } from '../likelihood/newton.ts';
import { METHODS } from '../methods/methods.generated.ts';
import { studentQuantile } from '../numerics/distributions.ts';
import { likelihoodErrors, makeEstimate, type UnitRounds } from './make-estimate.ts';
import type { PreparedRanking } from './prepare-ranking.ts';
import { rankItems } from './rank-items.ts';
import type { Coefficient, FitReport, Ranking } from './ranking.ts';
import { unitNotes } from './unit-notes.ts';

/** Most rounds that may lack a finite fit, as a share. */
const MAX_DEGENERATE = 0.01;

/**
 * Adds intervals and ranks to a fit.
 *
 * @param rounds results of all rounds for each of `bootstrapUnits`, when bootstrap intervals were asked
 * for; else none.
 */
export function finishRanking(
  prepared: PreparedRanking,
  rounds: readonly UnitRounds[] = [],
): Ranking {
  const { fit, options } = prepared;
  const errors = likelihoodErrors(prepared);
  const values = centredValues(prepared);
  const own = rounds[0] ?? null;
  const tooMany = own !== null && own.degenerateRounds > MAX_DEGENERATE * options.rounds;
  const estimate = tooMany ? null : makeEstimate(prepared, values, errors, rounds);
  const bounds = boundsOf(prepared, values, estimate, own);
  const ranges = estimate === null ? null : rankRanges(estimate, options.level);
  return {
    method: options.method,
    options,
    fit: fitReport(prepared, errors, own),
    items: rankItems(prepared, bounds, ranges),
    coefficients: coefficientsOf(prepared, errors),
    judges: fit.judges ?? [],
    warnings: [...prepared.warnings, ...fit.notes, ...unitNotes(prepared, estimate)],
    problems: [
      ...fit.problems,
      ...(fit.converged || fit.problems.length > 0
        ? []
        : [`The iteration did not converge: residual ${fit.residual.toExponential(1)}.`]),
      ...(tooMany
        ? [
            `${own.degenerateRounds} of ${options.rounds} bootstrap rounds have no finite fit: no intervals. Use ${mention('prior', 0.5)}, or ${mention('intervals', 'sandwich')}.`,
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

/** The interval by the unit, made wider where another error that it has to hold by is larger. */
function boundsOf(
  prepared: PreparedRanking,
  values: Float64Array,
  estimate: Estimate | null,
  rounds: UnitRounds | null,
): Bounds | null {
  const { options } = prepared;
  if (estimate === null) return null;
  const bands = errorBands(estimate).filter((band) => !band.pairsOnly);
  if (rounds === null) return symmetricBounds(values, bands, options.level);
  const drawn = drawnBounds(prepared, values, rounds);
  const further = symmetricBounds(values, bands.slice(1), options.level);
  return {
    low: drawn.low.map((low, item) => Math.min(low, further.low[item]!)),
    high: drawn.high.map((high, item) => Math.max(high, further.high[item]!)),
  };
}

function drawnBounds(prepared: PreparedRanking, values: Float64Array, rounds: UnitRounds): Bounds {
  const { level, bootstrapInterval } = prepared.options;
  const sample = { values, rounds: rounds.values, level };
  if (bootstrapInterval === 'percentile') return percentileBounds(sample);
  if (bootstrapInterval === 'basic') return basicBounds(sample);
  return bcaBounds(sample, accelerationsOf(prepared));
}

function symmetricBounds(values: Float64Array, bands: readonly ErrorBand[], level: number): Bounds {
  const widths = new Float64Array(values.length);
  for (const { covariance, degreesOfFreedom } of bands) {
    const quantile = studentQuantile((1 + level) / 2, degreesOfFreedom);
    widths.forEach((width, item) => {
      const variance = covariance[item * values.length + item]!;
      widths[item] = Math.max(width, quantile * Math.sqrt(Math.max(0, variance)));
    });
  }
  return {
    low: values.map((value, item) => value - widths[item]!),
    high: values.map((value, item) => value + widths[item]!),
  };
}

function accelerationsOf({ data, fit, options }: PreparedRanking): Float64Array {
  const clusters = clustersOf(data.table, options.cluster);
  if (clusters.length > 1) {
    throw new TuttiError('bad_usage', 'BCa intervals cannot be clustered in two ways.', {
      hint: `Use ${mention('bootstrapInterval', 'percentile')}, or ${mention('intervals', 'sandwich')}.`,
    });
  }
  const input = sandwichInput(data, fit.likelihood!, clusters);
  return accelerations(input, clusters[0]!, data.table.rows);
}

function coefficientsOf(
  { fit, options }: PreparedRanking,
  errors: UnitErrors | null,
): Coefficient[] {
  if (fit.likelihood === null) return [];
  const { maximum, coefficients, covariates, objective } = fit.likelihood;
  const quantile =
    errors === null ? 0 : studentQuantile((1 + options.level) / 2, errors.degreesOfFreedom);
  const size = maximum.parameters.length;
  return coefficients.map((name, at) => {
    const parameter = objective.games.items + at;
    const value = maximum.parameters[parameter]!;
    const variance = errors === null ? 0 : errors.covariance[parameter * size + parameter]!;
    const width = quantile * Math.sqrt(Math.max(0, variance));
    return {
      name,
      value,
      low: errors === null ? null : value - width,
      high: errors === null ? null : value + width,
      standardDeviation: covariates[at - (options.side ? 1 : 0)]?.standardDeviation ?? 1,
    };
  });
}

function fitReport(
  { data, fit, options, passedOver }: PreparedRanking,
  errors: UnitErrors | null,
  rounds: UnitRounds | null,
): FitReport {
  const none = options.intervals === 'none';
  const ways = none ? [] : clustersOf(data.table, options.cluster);
  const fewest = (counts: readonly number[]) => (counts.length === 0 ? null : Math.min(...counts));
  return {
    iterations: fit.iterations,
    residual: fit.residual,
    converged: METHODS[options.method].localMaximum && fit.converged ? 'local' : fit.converged,
    logLikelihood: fit.logLikelihood ?? null,
    ties: fit.ties ?? null,
    unit: none ? null : options.cluster,
    clusters: fewest(ways.map((one) => one.count)),
    effectiveClusters: fewest(ways.map((one) => effectiveCount(one, data.table))),
    passedOver: none ? [] : passedOver,
    widening: errors?.widening ?? null,
    comparisons: data.table.rows,
    intervals: options.intervals,
    rounds: rounds === null ? null : options.rounds,
    degenerateRounds: rounds?.degenerateRounds ?? null,
    seed: options.seed,
  };
}
