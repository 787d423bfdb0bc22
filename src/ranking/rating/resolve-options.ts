import { nearestName } from '../../core/nearest-name.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { chooseUnit } from '../input/default-unit.ts';
import { METHODS } from '../methods/methods.generated.ts';
import { METHOD_NAMES, type MethodName } from '../options/method-names.generated.ts';
import type { RankOptions, ResolvedOptions } from '../options/options.ts';
import type { ComparisonTable } from '../table/comparison-table.ts';
import { foreignOptions } from './foreign-options.ts';

/**
 * The method that is meant, `bradley-terry` where none is named.
 *
 * @throws TuttiError `bad_usage` for a name that no method has; it names the nearest.
 */
export function methodOf(name: MethodName = 'bradley-terry'): MethodName {
  if (METHOD_NAMES.includes(name)) return name;
  const nearest = nearestName(name, METHOD_NAMES);
  throw new TuttiError('bad_usage', `There is no rating method "${name}".`, {
    hint:
      nearest === undefined
        ? `Use one of: ${METHOD_NAMES.join(', ')}.`
        : `Did you mean ${nearest}?`,
  });
}

/**
 * Checks options and fills in the defaults.
 *
 * @throws TuttiError `bad_usage` for an option that is out of range or that the method does not have.
 */
export function resolveOptions(table: ComparisonTable, options: RankOptions): ResolvedOptions {
  const method = methodOf(options.method);
  const { likelihood, iterationLimit } = METHODS[method];
  const resolved: ResolvedOptions = {
    method,
    tieWeight: inRange('tie weight', options.tieWeight ?? 0.5, 0, 1),
    bothBad: options.bothBad ?? 'tie',
    prior: inRange('prior', options.prior ?? 0, 0, 1e6),
    side: options.side ?? false,
    anchor: options.anchor ?? null,
    minComparisons: inRange('least number of comparisons', options.minComparisons ?? 0, 0, 1e12),
    reweight:
      options.reweight === undefined
        ? null
        : inRange('least number of meetings', options.reweight, 1, 1e12),
    features: options.features ?? null,
    ridge: inRange('ridge', options.ridge ?? 0, 0, 1e12),
    intervals: options.intervals ?? (likelihood !== null ? 'sandwich' : 'none'),
    bootstrapInterval: options.bootstrapInterval ?? 'percentile',
    rounds: inRange('number of rounds', options.rounds ?? 1000, 2, 1e6),
    seed: inRange('seed', options.seed ?? 1, -Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
    level: inRange('level', options.level ?? 0.95, 0.01, 0.9999),
    cluster: options.cluster ?? chooseUnit(table).unit,
    tolerance: inRange('tolerance', options.tolerance ?? 1e-9, 1e-14, 1),
    iterationLimit: inRange('iteration limit', options.iterationLimit ?? iterationLimit, 1, 1e9),
    eloK: inRange('k of elo', options.eloK ?? 4, 1e-9, 1e6),
    eloStart: inRange('start of elo', options.eloStart ?? 1000, -1e9, 1e9),
    shuffles: inRange('number of shuffles', options.shuffles ?? 20, 0, 1e5),
    damping: inRange('damping', options.damping ?? 0.85, 0, 0.9999),
  };
  const [foreign] = foreignOptions(method, resolved);
  if (foreign === undefined) return resolved;
  throw new TuttiError('bad_usage', `The method ${method} ${foreign.problem}.`, {
    hint: foreign.hint,
  });
}

function inRange(name: string, value: number, low: number, high: number): number {
  if (value >= low && value <= high) return value;
  throw new TuttiError('bad_usage', `The ${name} is ${value}.`, {
    hint: `It must lie between ${low} and ${high}.`,
  });
}
