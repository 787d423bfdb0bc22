import { davidsonOutcome } from '../likelihood/davidson-outcome.ts';
import { fitLikelihood } from '../likelihood/fit-likelihood.ts';
import { maximiseByNewman } from '../likelihood/newman-iteration.ts';
import { likelihoodMethodFit, outcomeForTies } from './likelihood-fit.ts';
import type { RatingMethod } from './rating-method.ts';

/** The same maximum as `davidson`, reached by Newman's iteration and reported with v = ν/2. */
export const newman: RatingMethod = {
  name: 'newman',
  about: "Davidson's model fitted by Newman's iteration, with v = ν/2; strengths sum to 1.",
  fit(data, options) {
    const outcome = outcomeForTies(data, davidsonOutcome);
    const fit = fitLikelihood(data, outcome, options, maximiseByNewman);
    const { parameters } = fit.maximum;
    return outcome.tieParameter
      ? likelihoodMethodFit(fit, { ties: { name: 'v', value: Math.exp(parameters.at(-1)!) / 2 } })
      : likelihoodMethodFit(fit, {
          ties: { name: 'v', value: 0 },
          notes: ['There are no ties: v = 0, the Bradley-Terry fit.'],
        });
  },
};
