import { TuttiError } from '../../core/tutti-error.ts';
import { bradleyTerryOutcome } from '../likelihood/bradley-terry-outcome.ts';
import type { LikelihoodFit } from '../likelihood/fit-likelihood.ts';
import { centre } from '../likelihood/newton.ts';
import { evaluateObjective } from '../likelihood/objective.ts';
import type { OutcomeModel } from '../likelihood/outcome-model.ts';
import type { MethodFit, RatingData } from './rating-method.ts';

/** Strengths that sum to 1 from log strengths. */
export function strengths(logStrengths: Float64Array): Float64Array {
  const largest = logStrengths.reduce((most, one) => Math.max(most, one), Number.NEGATIVE_INFINITY);
  const raw = logStrengths.map((one) => Math.exp(one - largest));
  const sum = raw.reduce((total, one) => total + one, 0);
  return raw.map((one) => one / sum);
}

/** The same log strengths with mean 0. */
export function centred(logStrengths: Float64Array): Float64Array {
  const copy = logStrengths.slice();
  centre(copy, copy.length);
  return copy;
}

/** Turns a fitted likelihood into what every method returns. */
export function likelihoodMethodFit(
  fit: LikelihoodFit,
  more: Pick<MethodFit, 'ties'> & { readonly notes?: readonly string[] } = {},
): MethodFit {
  const { maximum, objective } = fit;
  return {
    scores: strengths(maximum.parameters.subarray(0, objective.games.items)),
    iterations: maximum.iterations,
    residual: maximum.residual,
    converged: maximum.converged && fit.problems.length === 0,
    likelihood: fit,
    logLikelihood: likelihoodAlone(fit),
    logStrengths: centred(maximum.parameters.subarray(0, objective.games.items)),
    ...(more.ties === undefined ? {} : { ties: more.ties }),
    notes: more.notes ?? [],
    problems: fit.problems,
  };
}

/** The log-likelihood of the votes, without what a prior or a ridge takes away. */
function likelihoodAlone({ objective, maximum }: LikelihoodFit): number {
  if (objective.prior === 0 && objective.ridge === 0) return maximum.logLikelihood;
  const plain = { ...objective, prior: 0, ridge: 0 };
  return evaluateObjective(plain, maximum.parameters).logLikelihood;
}

/**
 * The outcome model that a method of ties fits: itself, or plain Bradley-Terry where there are no ties
 * (then ν = 0 or θ = 1).
 *
 * @throws TuttiError `not_comparable` when every comparison is a tie.
 */
export function outcomeForTies(data: RatingData, model: OutcomeModel): OutcomeModel {
  const { ties, comparisons } = data.tallies;
  const tied = ties.reduce((sum, one) => sum + one, 0);
  if (tied === 0) return bradleyTerryOutcome(0.5);
  if (tied < comparisons.reduce((sum, one) => sum + one, 0)) return model;
  throw new TuttiError('not_comparable', 'Every comparison is a tie.', {
    hint: 'A model of ties needs some decisive comparisons; bradley-terry rates all items the same.',
  });
}
