import { davidsonOutcome } from '../likelihood/davidson-outcome.ts';
import { fitLikelihood } from '../likelihood/fit-likelihood.ts';
import { likelihoodMethodFit, outcomeForTies } from './likelihood-fit.ts';
import type { RatingMethod } from './rating-method.ts';

/** Ties have a probability of their own: P(tie) = ν √(s_i s_j) / D. */
export const davidson: RatingMethod = {
  name: 'davidson',
  about: 'Strengths with P(tie) = ν √(s_i s_j) / D, D = s_i + s_j + ν √(s_i s_j); sum to 1.',
  fit(data, options) {
    const outcome = outcomeForTies(data, davidsonOutcome);
    const fit = fitLikelihood(data, outcome, options);
    const { parameters } = fit.maximum;
    return outcome.tieParameter
      ? likelihoodMethodFit(fit, { ties: { name: 'nu', value: Math.exp(parameters.at(-1)!) } })
      : likelihoodMethodFit(fit, {
          ties: { name: 'nu', value: 0 },
          notes: ['There are no ties: ν = 0, the Bradley-Terry fit.'],
        });
  },
};
