import { nearestName } from '../../core/nearest-name.ts';
import { mention } from '../../core/option-mention.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { bradleyTerryOutcome } from '../likelihood/bradley-terry-outcome.ts';
import { type Covariate, fitLikelihood } from '../likelihood/fit-likelihood.ts';
import type { ComparisonTable } from '../table/comparison-table.ts';
import { likelihoodMethodFit, refitLikelihood } from './likelihood-fit.ts';
import type { RatingMethod } from './rating-method.ts';

/**
 * Divides features by their standard deviation; not centred, so that ratings hold at z = 0.
 *
 * @throws TuttiError `bad_usage` for an unknown feature or none at all, `bad_input` for a constant one.
 */
function standardisedFeatures(
  table: ComparisonTable,
  names: readonly string[] | null,
): Covariate[] {
  const known = Object.keys(table.features);
  if (known.length === 0) {
    throw new TuttiError('bad_usage', 'The comparisons have no features for contextual ratings.');
  }
  return (names ?? known).map((name) => {
    const column = table.features[name];
    if (column === undefined) {
      const nearest = nearestName(name, known);
      throw new TuttiError('bad_usage', `The comparisons have no feature "${name}".`, {
        hint:
          nearest === undefined ? `There are: ${known.join(', ')}.` : `Did you mean ${nearest}?`,
      });
    }
    const values = column.subarray(0, table.rows);
    const standardDeviation = deviation(values);
    if (standardDeviation > 0) {
      return { name, standardDeviation, values: values.map((one) => one / standardDeviation) };
    }
    throw new TuttiError('bad_input', `The feature "${name}" is constant.`, {
      hint: `Leave it out: a constant cannot explain who wins (for the side shown first use ${mention('side', true)}).`,
    });
  });
}

function deviation(values: Float64Array): number {
  let mean = 0;
  let largest = 0;
  for (const value of values) {
    mean += value / values.length;
    largest = Math.max(largest, Math.abs(value));
  }
  let sum = 0;
  for (const value of values) sum += ((value - mean) / (largest || 1)) ** 2;
  const relative = Math.sqrt(sum / values.length);
  return relative > 1e-12 ? relative * largest : 0;
}

/** Bradley-Terry with what else speaks for an answer, such as its length, held apart from strength. */
export const method: RatingMethod = {
  name: 'contextual',
  about:
    'Strengths with log odds θ_i - θ_j + γ·z: what features of the answers explain is taken out.',
  ratings: 'strengths',
  likelihood: 'pairs',
  side: true,
  lossForBoth: false,
  iterationLimit: 100,
  rescoring: refitLikelihood(),
  fit(data, options) {
    const covariates = standardisedFeatures(data.table, options.features);
    const outcome = bradleyTerryOutcome(options.tieWeight);
    return likelihoodMethodFit(fitLikelihood({ ...data, covariates }, outcome, options));
  },
};
