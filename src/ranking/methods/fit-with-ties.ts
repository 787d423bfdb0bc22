import { TuttiError } from '../../core/tutti-error.ts';
import type { RatingData } from '../input/rating-data.ts';
import { bradleyTerryOutcome } from '../likelihood/bradley-terry-outcome.ts';
import { fitLikelihood } from '../likelihood/fit-likelihood.ts';
import type { maximise } from '../likelihood/newton.ts';
import type { TieModel } from '../likelihood/tie-model.ts';
import type { ResolvedOptions } from '../options/options.ts';
import { likelihoodMethodFit } from './likelihood-fit.ts';
import type { MethodFit } from './rating-method.ts';

/**
 * Fits a likelihood with a parameter of ties; where there are no ties, plain Bradley-Terry.
 *
 * @throws TuttiError `not_comparable` when every comparison is a tie, and as `fitLikelihood`.
 */
export function fitWithTies(
  data: RatingData,
  options: ResolvedOptions,
  { outcome, name, sign, scale, none }: TieModel,
  solve?: typeof maximise,
): MethodFit {
  if (!hasTies(data)) {
    return likelihoodMethodFit(fitLikelihood(data, bradleyTerryOutcome(0.5), options, solve), {
      ties: { name, value: none },
      notes: [`There are no ties: ${sign} = ${none}, the Bradley-Terry fit.`],
    });
  }
  const fit = fitLikelihood(data, outcome, options, solve);
  const value = scale * Math.exp(fit.maximum.parameters.at(-1)!);
  return likelihoodMethodFit(fit, { ties: { name, value } });
}

function hasTies({ tallies: { ties, comparisons } }: RatingData): boolean {
  const tied = ties.reduce((sum, one) => sum + one, 0);
  if (tied === 0) return false;
  if (tied < comparisons.reduce((sum, one) => sum + one, 0)) return true;
  throw new TuttiError('not_comparable', 'Every comparison is a tie.', {
    hint: 'A model of ties needs some decisive comparisons; bradley-terry rates all items the same.',
  });
}
