import { davidsonOutcome } from '../likelihood/davidson-outcome.ts';
import type { TieModel } from '../likelihood/tie-model.ts';
import { fitWithTies } from './fit-with-ties.ts';
import { refitLikelihood } from './likelihood-fit.ts';
import type { RatingMethod } from './rating-method.ts';

const TIES: TieModel = { outcome: davidsonOutcome, name: 'nu', sign: 'ν', scale: 1, none: 0 };

/** Ties have a probability of their own: P(tie) = ν √(s_i s_j) / D. */
export const method: RatingMethod = {
  name: 'davidson',
  about: 'Strengths with P(tie) = ν √(s_i s_j) / D, D = s_i + s_j + ν √(s_i s_j); sum to 1.',
  ratings: 'strengths',
  likelihood: 'pairs',
  side: true,
  lossForBoth: false,
  iterationLimit: 100,
  ties: TIES,
  rescoring: refitLikelihood(davidsonOutcome),
  fit: (data, options) => fitWithTies(data, options, TIES),
};
