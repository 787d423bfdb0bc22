import { fitLikelihood } from '../likelihood/fit-likelihood.ts';
import { raoKupperOutcome } from '../likelihood/rao-kupper-outcome.ts';
import { likelihoodMethodFit, outcomeForTies } from './likelihood-fit.ts';
import type { RatingMethod } from './rating-method.ts';

/** Ties are differences too small to see: P(i) = s_i / (s_i + θ s_j). */
export const raoKupper: RatingMethod = {
  name: 'rao-kupper',
  about: 'Strengths with P(i) = s_i / (s_i + θ s_j), θ >= 1 the threshold of ties; sum to 1.',
  fit(data, options) {
    const outcome = outcomeForTies(data, raoKupperOutcome);
    const fit = fitLikelihood(data, outcome, options);
    const { parameters } = fit.maximum;
    return outcome.tieParameter
      ? likelihoodMethodFit(fit, { ties: { name: 'theta', value: Math.exp(parameters.at(-1)!) } })
      : likelihoodMethodFit(fit, {
          ties: { name: 'theta', value: 1 },
          notes: ['There are no ties: θ = 1, the Bradley-Terry fit.'],
        });
  },
};
