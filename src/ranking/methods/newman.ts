import { davidsonOutcome } from '../likelihood/davidson-outcome.ts';
import { maximiseByNewman } from '../likelihood/newman-iteration.ts';
import type { TieModel } from '../likelihood/tie-model.ts';
import { fitWithTies } from './fit-with-ties.ts';
import { refitLikelihood } from './likelihood-fit.ts';
import type { RatingMethod } from './rating-method.ts';

const TIES: TieModel = { outcome: davidsonOutcome, name: 'v', sign: 'v', scale: 0.5, none: 0 };

/** The same maximum as `davidson`, reached by Newman's iteration and reported with v = ν/2. */
export const method: RatingMethod = {
  name: 'newman',
  about: "Davidson's model fitted by Newman's iteration, with v = ν/2; strengths sum to 1.",
  ratings: 'strengths',
  likelihood: 'pairs',
  side: false,
  lossForBoth: false,
  iterationLimit: 100_000,
  ties: TIES,
  rescoring: refitLikelihood(davidsonOutcome),
  fit: (data, options) => fitWithTies(data, options, TIES, maximiseByNewman),
};
