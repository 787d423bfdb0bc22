import type { BootstrapRounds } from '../bootstrap/bootstrap-rounds.ts';
import { exactPairs } from '../claims/exact-pair.ts';
import { groupsThatMet } from '../claims/groups-that-met.ts';
import { clustersOf, effectiveCount } from '../input/cluster-ids.ts';
import { MIN_CLUSTERS } from '../input/default-unit.ts';
import { roundsCovariance } from '../intervals/bootstrap-intervals.ts';
import { corner, type ErrorBand, type Estimate } from '../intervals/estimate.ts';
import { errorsOfLikelihood } from '../intervals/likelihood-errors.ts';
import { type UnitErrors, unitErrors } from '../intervals/unit-errors.ts';
import { centre } from '../likelihood/newton.ts';
import type { PreparedRanking } from './prepare-ranking.ts';

/** Results of all rounds of a bootstrap that draws the clusters of a unit. */
export interface UnitRounds extends BootstrapRounds {
  readonly unit: string;
}

/**
 * The units that a bootstrap has to draw: that of the ranking, and for methods without a likelihood the
 * further ones that claims have to hold by.
 */
export function bootstrapUnits({ data, fit, options, passedOver }: PreparedRanking): string[] {
  const units = [options.cluster];
  if (fit.likelihood !== null || fit.errors !== undefined) return units;
  units.push(...passedOver.filter(({ clusters }) => clusters > 1).map(({ unit }) => unit));
  const fewest = Math.min(...clustersOf(data.table, options.cluster).map(({ count }) => count));
  if (fewest < MIN_CLUSTERS && options.cluster !== 'comparison') units.push('comparison');
  return units;
}

/** Errors of a fitted likelihood by its unit; null for methods without one, or without intervals. */
export function likelihoodErrors(prepared: PreparedRanking): UnitErrors | null {
  const { data, fit, options, passedOver } = prepared;
  if (options.intervals === 'none') return null;
  const errors = fit.likelihood === null ? fit.errors : errorsOfLikelihood(data, fit.likelihood);
  if (errors === undefined) return null;
  return unitErrors(errors, data.table, {
    unit: options.cluster,
    passedOver,
    prior: options.prior,
  });
}

/** Puts values and all errors together; null where nothing tells how large errors are. */
export function makeEstimate(
  prepared: PreparedRanking,
  values: Float64Array,
  errors: UnitErrors | null,
  rounds: readonly UnitRounds[],
): Estimate | null {
  const { data, fit, options } = prepared;
  const { items } = data.table;
  const centred = values.slice();
  centre(centred, centred.length);
  const [own, ...others] = rounds.map((one) => roundsBand(prepared, one));
  const further = [...others, ...(errors?.further ?? [])];
  const main =
    own ??
    (errors && {
      covariance: corner(errors.covariance, items.length),
      degreesOfFreedom: errors.degreesOfFreedom,
      count: errors.clusters,
    });
  if (!main) return null;
  const groups = groupsThatMet(data.games);
  const { likelihood } = fit;
  return {
    items,
    values: centred,
    covariance: main.covariance,
    degreesOfFreedom: main.degreesOfFreedom,
    unit: options.cluster,
    count: main.count,
    further,
    exact:
      likelihood === null
        ? undefined
        : exactPairs(likelihood.objective.games, likelihood.maximum.parameters),
    groups,
  };
}

/** A resampled covariance is too small by (G - 1) / G, which matters when clusters are few. */
function roundsBand({ data }: PreparedRanking, { unit, values }: UnitRounds): ErrorBand {
  const ways = clustersOf(data.table, unit);
  const count = Math.min(...ways.map((one) => one.count));
  const effective = Math.min(...ways.map((one) => effectiveCount(one, data.table)));
  const factor = count > 1 ? count / (count - 1) : 1;
  const covariance = roundsCovariance(values, data.table.items.length);
  return {
    unit,
    count,
    covariance: covariance.map((one) => one * factor),
    degreesOfFreedom: effective - 1,
    pairsOnly: false,
  };
}
