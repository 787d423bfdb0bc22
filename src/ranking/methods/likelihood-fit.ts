import { bradleyTerryOutcome } from '../likelihood/bradley-terry-outcome.ts';
import type { LikelihoodFit } from '../likelihood/fit-likelihood.ts';
import { centre } from '../likelihood/newton.ts';
import { evaluateObjective } from '../likelihood/objective.ts';
import type { OutcomeModel } from '../likelihood/outcome-model.ts';
import { Refitter } from '../likelihood/refit.ts';
import type { MethodFit } from './rating-method.ts';
import type { Rescoring } from './rescoring.ts';

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
  const start: LikelihoodStart = {
    tied: objective.outcome.tieParameter,
    parameters: maximum.parameters,
    inverse: fit.inverse,
  };
  return {
    scores: strengths(maximum.parameters.subarray(0, objective.games.items)),
    iterations: maximum.iterations,
    residual: maximum.residual,
    converged: maximum.converged && fit.problems.length === 0,
    likelihood: fit,
    logLikelihood: likelihoodAlone(fit),
    logStrengths: centred(maximum.parameters.subarray(0, objective.games.items)),
    ...(more.ties === undefined ? {} : { ties: more.ties }),
    start,
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

/** Where the refits of a likelihood begin. */
interface LikelihoodStart {
  /** Whether the fit had a parameter of ties. */
  readonly tied: boolean;
  readonly parameters: Float64Array;
  /** Inverse information of the whole data, kept fixed in all rounds. */
  readonly inverse: Float64Array;
}

/**
 * The rescoring of a likelihood of pairs: each round is fitted anew.
 *
 * @param tied its model of ties; default none, a tie is part of a win.
 */
export function refitLikelihood(tied?: OutcomeModel): Rescoring {
  return {
    reads: 'games',
    rescorer({ games, options, start }) {
      const from = start as LikelihoodStart;
      const outcome =
        from.tied && tied !== undefined ? tied : bradleyTerryOutcome(options.tieWeight);
      const objective = { games, outcome, prior: options.prior, ridge: options.ridge };
      const refitter = new Refitter(objective, from.parameters, from.inverse);
      return (weight) => {
        const { logStrengths, degenerate } = refitter.refit(weight);
        return { values: logStrengths, degenerate };
      };
    },
  };
}
