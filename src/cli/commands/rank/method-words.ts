import { METHOD_NAMES, METHODS, type RatingMethod } from '../../../ranking/index.ts';

/** Names of the methods that have something. */
export function methodsThat(has: (method: RatingMethod) => boolean): string {
  return METHOD_NAMES.filter((name) => has(METHODS[name])).join(', ');
}

/** The default limits of iterations: the usual one, then others with the methods that have them. */
export function iterationLimits(): string {
  const usual = METHODS['bradley-terry'].iterationLimit;
  const limits = new Set(METHOD_NAMES.map((name) => METHODS[name].iterationLimit));
  const others = [...limits].filter((limit) => limit !== usual);
  return [
    String(usual),
    ...others.map((limit) => `${limit} for ${methodsThat((one) => one.iterationLimit === limit)}`),
  ].join('; ');
}
