import { TuttiError } from '../../core/tutti-error.ts';
import type { LikelihoodFit } from '../likelihood/fit-likelihood.ts';
import { alternatives } from '../rating/foreign-options.ts';
import type { PreparedRanking } from '../rating/prepare-ranking.ts';

/**
 * The likelihood behind a prepared ranking.
 *
 * @throws TuttiError `bad_usage` for a method without one.
 */
export function likelihoodOf({ fit, options }: PreparedRanking): LikelihoodFit {
  if (fit.likelihood !== null) return fit.likelihood;
  throw new TuttiError(
    'bad_usage',
    `The method ${options.method} has no likelihood to look into.`,
    {
      hint: `Use ${alternatives((one) => one.likelihood === 'pairs')}.`,
    },
  );
}
