import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TuttiError } from '../../core/tutti-error.ts';
import { METHOD_NAMES } from '../options/method-names.generated.ts';
import type { RankOptions } from '../options/options.ts';
import type { Comparison } from '../table/comparison.ts';
import { rank } from './rank.ts';

const comparison: fc.Arbitrary<Comparison> = fc
  .record({
    left: fc.nat(4),
    other: fc.nat(3),
    verdict: fc.constantFrom('left', 'left', 'right', 'tie', 'both_bad'),
    weight: fc.constantFrom(1, 1, 1, 0, 1e-9, 1e9),
    judge: fc.constantFrom('j1', 'j2', 'j3'),
    length: fc.constantFrom(-1, 0, 0.25, 1, 1e9),
  })
  .map(({ left, other, length, verdict, ...rest }) => ({
    ...rest,
    verdict: verdict as Comparison['verdict'],
    left: `m${left}`,
    right: `m${other >= left ? other + 1 : other}`,
    features: { length },
  }));

const options: fc.Arbitrary<RankOptions> = fc.record({
  prior: fc.constantFrom(0, 0.5),
  side: fc.boolean(),
  ridge: fc.constantFrom(0, 1),
  tieWeight: fc.constantFrom(0, 0.5, 1),
  bothBad: fc.constantFrom('tie', 'drop', 'loss'),
  cluster: fc.constantFrom('comparison', 'judge', 'pair', 'pair,judge'),
  intervals: fc.constantFrom(undefined, 'bootstrap', 'none'),
  bootstrapInterval: fc.constantFrom('percentile', 'basic', 'bca'),
});

/** Options that the method has. */
function fitting(method: string, given: RankOptions): RankOptions {
  const likelihood = ![
    'counting',
    'average-win-rate',
    'elo',
    'pagerank',
    'eigenvector',
    'annotator',
  ].includes(method);
  if (likelihood) return { ...given, side: method !== 'newman' && given.side === true };
  return { ...given, prior: 0, side: false, bootstrapInterval: 'percentile' };
}

// Lists have a file of their own: random pairs are hardly ever lists.
const OF_PAIRS = METHOD_NAMES.filter((name) => name !== 'plackett-luce');

test.each(OF_PAIRS)('%s: whatever comes in, a reason or finite numbers come out', (method) => {
  let ranked = 0;
  fc.assert(
    fc.property(fc.array(comparison, { maxLength: 30 }), options, (rows, given) => {
      try {
        const all = {
          ...fitting(method, given),
          method,
          rounds: 12,
          shuffles: 2,
          iterationLimit: 300,
        };
        const { estimate, ...record } = rank(rows, all);
        ranked++;
        const bad = (_: string, value: unknown) =>
          typeof value === 'number' && !Number.isFinite(value) ? 'NOT FINITE' : value;
        expect(JSON.stringify(record, bad)).not.toMatch(/NOT FINITE/);
        expect(estimate?.values.every(Number.isFinite) ?? true).toBe(true);
        expect(estimate?.covariance.every(Number.isFinite) ?? true).toBe(true);
      } catch (error) {
        if (!(error instanceof TuttiError)) throw error;
        expect(error.code).toMatch(/^(bad_usage|bad_input|no_comparisons|not_comparable)$/);
      }
    }),
    { numRuns: 150 },
  );
  expect(ranked).toBeGreaterThan(20);
});
