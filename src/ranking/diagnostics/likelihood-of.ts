import { TuttiError } from '../../core/tutti-error.ts';
import type { FamilyFit } from '../likelihood/fit-likelihood.ts';
import type { PreparedRanking } from '../rating/prepare-ranking.ts';

/**
 * The likelihood behind a prepared ranking.
 *
 * @throws TuttiError `bad_usage` for a method without one.
 */
export function familyOf({ fit, options }: PreparedRanking): FamilyFit {
  if (fit.family !== null) return fit.family;
  throw new TuttiError(
    'bad_usage',
    `The method ${options.method} has no likelihood to look into.`,
    {
      hint: 'Use bradley-terry, davidson, newman, rao-kupper or contextual.',
    },
  );
}
