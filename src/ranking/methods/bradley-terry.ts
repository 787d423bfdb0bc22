import { bradleyTerryOutcome } from '../likelihood/bradley-terry-outcome.ts';
import { fitLikelihood } from '../likelihood/fit-likelihood.ts';
import { likelihoodMethodFit, refitLikelihood } from './likelihood-fit.ts';
import type { RatingMethod } from './rating-method.ts';

/** P(i beats j) = s_i / (s_i + s_j), fitted by maximum likelihood; a tie is part of a win for both. */
export const method: RatingMethod = {
  name: 'bradley-terry',
  about: 'Strengths with P(i beats j) = s_i / (s_i + s_j), a tie half a win for both; sum to 1.',
  ratings: 'strengths',
  likelihood: 'pairs',
  side: true,
  lossForBoth: false,
  iterationLimit: 100,
  rescoring: refitLikelihood(),
  fit(data, options) {
    const fit = fitLikelihood(data, bradleyTerryOutcome(options.tieWeight), options);
    const allTies = data.tallies.wins.every((wins) => wins === 0);
    const notes = allTies ? ['Every comparison is a tie: all strengths are equal.'] : [];
    return likelihoodMethodFit(fit, { ties: undefined, notes });
  },
};
