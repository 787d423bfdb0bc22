import { nearestName } from '../../core/nearest-name.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { chooseUnit } from '../input/default-unit.ts';
import { METHOD_NAMES, type MethodName } from '../options/method-names.ts';
import type { RankOptions, ResolvedOptions } from '../options/options.ts';
import type { ComparisonTable } from '../table/comparison-table.ts';

const FAMILY: readonly MethodName[] = [
  'bradley-terry',
  'davidson',
  'newman',
  'rao-kupper',
  'contextual',
];
const MANY_ITERATIONS: readonly MethodName[] = ['newman', 'pagerank', 'eigenvector', 'annotator'];
const LOSS_FOR_BOTH: readonly MethodName[] = ['counting', 'average-win-rate', 'elo'];

/** Tells whether a method is whose likelihood is one of pairs. */
export function isFamily(method: MethodName): boolean {
  return FAMILY.includes(method);
}

/** Tells whether a method is a likelihood that has a sandwich: that family, or of ordered lists. */
export function hasSandwich(method: MethodName): boolean {
  return isFamily(method) || method === 'plackett-luce';
}

/**
 * Checks options and fills in the defaults.
 *
 * @throws TuttiError `bad_usage` for an option that is out of range or that the method does not have.
 */
export function resolveOptions(table: ComparisonTable, options: RankOptions): ResolvedOptions {
  const method = options.method ?? 'bradley-terry';
  if (!METHOD_NAMES.includes(method)) {
    const nearest = nearestName(method, METHOD_NAMES);
    throw new TuttiError('bad_usage', `There is no rating method "${method}".`, {
      hint:
        nearest === undefined
          ? `Use one of: ${METHOD_NAMES.join(', ')}.`
          : `Did you mean ${nearest}?`,
    });
  }
  const many = MANY_ITERATIONS.includes(method);
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
    intervals: options.intervals ?? (hasSandwich(method) ? 'sandwich' : 'none'),
    bootstrapInterval: options.bootstrapInterval ?? 'percentile',
    rounds: inRange('number of rounds', options.rounds ?? 1000, 2, 1e6),
    seed: inRange('seed', options.seed ?? 1, -Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
    level: inRange('level', options.level ?? 0.95, 0.01, 0.9999),
    cluster: options.cluster ?? chooseUnit(table).unit,
    tolerance: inRange('tolerance', options.tolerance ?? 1e-9, 1e-14, 1),
    iterationLimit: inRange(
      'iteration limit',
      options.iterationLimit ?? (many ? 100_000 : 100),
      1,
      1e9,
    ),
    eloK: inRange('k of elo', options.eloK ?? 4, 1e-9, 1e6),
    eloStart: inRange('start of elo', options.eloStart ?? 1000, -1e9, 1e9),
    shuffles: inRange('number of shuffles', options.shuffles ?? 20, 0, 1e5),
    damping: inRange('damping', options.damping ?? 0.85, 0, 0.9999),
  };
  refuseForeignOptions(resolved);
  return resolved;
}

function inRange(name: string, value: number, low: number, high: number): number {
  if (value >= low && value <= high) return value;
  throw new TuttiError('bad_usage', `The ${name} is ${value}.`, {
    hint: `It must lie between ${low} and ${high}.`,
  });
}

function refuseForeignOptions(options: ResolvedOptions): void {
  const { method } = options;
  const ofPairs = isFamily(method);
  const likelihood = hasSandwich(method);
  const refuse = (what: string, hint: string) => {
    throw new TuttiError('bad_usage', `The method ${method} ${what}.`, { hint });
  };
  if (options.prior > 0 && !likelihood) {
    refuse('takes no prior', 'Leave the prior out, or use a method of the Bradley-Terry family.');
  }
  if (options.side && (!ofPairs || method === 'newman')) {
    refuse('has no term for the side shown first', 'Use bradley-terry, davidson or rao-kupper.');
  }
  if (options.intervals === 'sandwich' && !likelihood) {
    refuse('has no sandwich intervals', 'Use bootstrap intervals.');
  }
  if (options.bothBad === 'loss' && !LOSS_FOR_BOTH.includes(method)) {
    refuse(
      'cannot tell a loss for both from a tie: only differences count in it',
      'Take both-bad verdicts as ties or drop them, or use counting, average-win-rate or elo.',
    );
  }
  if (options.bootstrapInterval === 'bca' && options.intervals === 'bootstrap' && !ofPairs) {
    refuse('has no influence values, which BCa intervals need', 'Use percentile or basic.');
  }
}
