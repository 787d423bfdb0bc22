import { raoKupperOutcome } from '../likelihood/rao-kupper-outcome.ts';
import type { TieModel } from '../likelihood/tie-model.ts';
import { fitWithTies } from './fit-with-ties.ts';
import { refitLikelihood } from './likelihood-fit.ts';
import type { RatingMethod } from './rating-method.ts';

const TIES: TieModel = { outcome: raoKupperOutcome, name: 'theta', sign: 'θ', scale: 1, none: 1 };

/** Ties are differences too small to see: P(i) = s_i / (s_i + θ s_j). */
export const method: RatingMethod = {
  name: 'rao-kupper',
  about: 'Strengths with P(i) = s_i / (s_i + θ s_j), θ >= 1 the threshold of ties; sum to 1.',
  ratings: 'strengths',
  likelihood: 'pairs',
  side: true,
  lossForBoth: false,
  iterationLimit: 100,
  ties: TIES,
  rescoring: refitLikelihood(raoKupperOutcome),
  fit: (data, options) => fitWithTies(data, options, TIES),
};
