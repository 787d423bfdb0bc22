import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { naiveCrowdPosterior } from '../../../test/support/naive/crowd-posterior.ts';
import { syntheticComparisons } from '../../../test/support/synthetic-comparisons.ts';
import { rank } from '../rating/rank.ts';
import type { Comparison } from '../table/comparison.ts';

describe('annotator ratings', () => {
  const rows = syntheticComparisons({ logStrengths: [2, 1, 0, -1], rows: 4000, seed: 21 }).map(
    (row, at): Comparison => {
      const judge = `j${at % 8}`;
      const contrary = judge === 'j7' && row.verdict !== 'tie';
      if (judge === 'j6') return { ...row, judge, verdict: at % 16 < 8 ? 'left' : 'right' };
      return {
        ...row,
        judge,
        verdict: contrary ? (row.verdict === 'left' ? 'right' : 'left') : row.verdict,
      };
    },
  );

  test('find out who is reliable, who guesses, and who is contrary', () => {
    const { judges, items, fit, warnings } = rank(rows, { method: 'annotator' });
    const of = (judge: string) => judges.find((one) => one.judge === judge)!.reliability;
    expect(of('j0')).toBeGreaterThan(0.85);
    expect(of('j6')).toBeGreaterThan(0.3);
    expect(of('j6')).toBeLessThan(0.7);
    expect(of('j7')).toBeLessThan(0.15);
    expect(items.map(({ item }) => item)).toEqual(['m0', 'm1', 'm2', 'm3']);
    expect(fit.converged).toBe('local');
    expect(warnings.join()).toMatch(/4 of 4 starts/);
  });

  test('leave out ties and count them', () => {
    const tied = rows.map((row, at) => (at % 10 === 0 ? { ...row, verdict: 'tie' as const } : row));
    expect(rank(tied, { method: 'annotator' }).warnings.join()).toMatch(
      /400 comparisons without a winner/,
    );
  });
});

test('annotator ratings reach a top of the printed posterior', () => {
  const rows = syntheticComparisons({
    logStrengths: [1, 0.3, 0, -1],
    rows: 500,
    seed: 14,
    ties: 0.1,
    judges: { count: 6, sd: 1 },
  });
  const { items, judges, fit } = rank(rows, { method: 'annotator' });
  expect(fit.converged).toBe('local');
  // Only differences of ratings are told; the level at which the virtual games hold best is found here.
  const heightAt = (level: number, moved: readonly number[], size: number) =>
    naiveCrowdPosterior(
      rows,
      new Map(
        items.map(({ item, score }, i) => [item, Math.log(score) + level + size * moved[i]!]),
      ),
      new Map(
        judges.map(({ judge, reliability }, k) => [
          judge,
          Math.min(1, reliability * (1 + 0.1 * size * moved[4 + k]!)),
        ]),
      ),
    );
  const still = Array(10).fill(0);
  const levels = Array.from({ length: 4001 }, (_, i) => i / 1000);
  const level = levels.reduce((best, one) =>
    heightAt(one, still, 0) > heightAt(best, still, 0) ? one : best,
  );
  const top = heightAt(level, still, 0);
  // The log-likelihood is that of the verdicts: without the priors on judges and items.
  const ofJudges = judges.reduce((sum, { reliability }) => sum + 9 * Math.log(reliability), 0);
  const ofItems = items.reduce((sum, { score }) => {
    const p = 1 / (1 + Math.exp(-Math.log(score) - level));
    return sum + 0.5 * Math.log(p * (1 - p));
  }, 0);
  const penalties = ofJudges + ofItems;
  expect(Math.abs(top - penalties - fit.logLikelihood!)).toBeLessThan(1e-5);
  const moves = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), {
    minLength: 10,
    maxLength: 10,
  });
  fc.assert(
    fc.property(moves, (moved) => {
      for (const size of [0.01, -0.01, 0.1]) {
        expect(heightAt(level, moved, size)).toBeLessThanOrEqual(top + 1e-5);
      }
    }),
  );
});
