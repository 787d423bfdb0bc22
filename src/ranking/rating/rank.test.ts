import { describe, expect, test } from 'vitest';
import { gamesFrom } from '../../../test/support/game-notation.ts';
import { syntheticComparisons } from '../../../test/support/synthetic-comparisons.ts';
import { METHOD_NAMES } from '../options/method-names.generated.ts';
import type { Comparison } from '../table/comparison.ts';
import { bootstrap, rank } from './rank.ts';

const CYCLE = gamesFrom('a>b b>c c>a a>c');

describe('a ranking', () => {
  test('with a prior everything is finite, also what never won', () => {
    const { items, problems } = rank(gamesFrom('best>a a>b b>a a>worst x>y y>x'), { prior: 0.5 });
    expect(problems).toEqual([]);
    expect(items).toHaveLength(6);
    for (const { rating, low, high } of items) {
      expect(Number.isFinite(rating! + low! + high!)).toBe(true);
    }
    expect(items[0]!.item).toBe('best');
    expect(items.at(-1)!.item).toBe('worst');
  });

  test('shares ranks among equal scores: 1, 2, 2, 4', () => {
    const { items } = rank(gamesFrom('a>b a>b b>a a>c a>c c>a b>d b>d d>b c>d c>d d>c'));
    expect(items.map(({ rank }) => rank)).toEqual([1, 2, 2, 4]);
  });

  test('has strengths that sum to 1, ratings with mean 1000, and tallies', () => {
    const { items } = rank(gamesFrom('a>b a>b b>a b>c c>b c=a a!c'));
    expect(items.reduce((sum, { score }) => sum + score, 0)).toBeCloseTo(1, 12);
    expect(items.reduce((sum, { rating }) => sum + rating! / 3, 0)).toBeCloseTo(1000, 9);
    const a = items.find(({ item }) => item === 'a')!;
    expect(a).toMatchObject({ comparisons: 5, wins: 2, losses: 1, ties: 2 });
    const c = items.find(({ item }) => item === 'c')!;
    expect((a.rating! - c.rating!) / (400 / Math.LN10)).toBeCloseTo(Math.log(a.score / c.score), 9);
  });

  test('has the log-likelihood of the votes, without the penalty of a prior', () => {
    const rows = gamesFrom('a>b a>b b>a a>c c>b b>c');
    const { items, fit } = rank(rows, { prior: 3 });
    const strength = (name: string) => items.find(({ item }) => item === name)!.score;
    const expected = rows.reduce(
      (sum, { left, right }) => sum + Math.log(strength(left) / (strength(left) + strength(right))),
      0,
    );
    expect(fit.logLikelihood).toBeCloseTo(expected, 9);
    expect(fit.logLikelihood!).toBeLessThan(rank(rows).fit.logLikelihood!);
  });

  test('an anchor shifts values and no width', () => {
    const plain = rank(CYCLE);
    const anchored = rank(CYCLE, { anchor: { item: 'b', rating: 1500 } });
    const shift = 1500 - plain.items.find(({ item }) => item === 'b')!.rating!;
    anchored.items.forEach((item, at) => {
      for (const key of ['rating', 'low', 'high'] as const) {
        expect(item[key]! - plain.items[at]![key]!).toBeCloseTo(shift, 9);
      }
    });
  });

  test('takes both-bad as a tie, a loss for both, or not at all', () => {
    const rows = gamesFrom('a>b a!b b>a');
    const score = (bothBad: 'tie' | 'loss' | 'drop') =>
      rank(rows, { method: 'counting', bothBad }).items.map((one) => one.score);
    expect(score('tie')).toEqual([1.5, 1.5]);
    expect(score('loss')).toEqual([1, 1]);
    expect(score('drop')).toEqual([1, 1]);
    const [elo] = rank(gamesFrom('a!b'), { method: 'elo', bothBad: 'loss' }).items;
    expect(elo!.score).toBe(998);
    expect(rank(rows, { bothBad: 'drop' }).warnings.join()).toMatch(/1 verdicts/);
  });

  test('leaves out items with too few comparisons, again until all have enough', () => {
    const { items, warnings } = rank(gamesFrom('a>b b>a a>b b>a a>c c>a c>d'), {
      minComparisons: 3,
    });
    expect(items.map(({ item }) => item).sort()).toEqual(['a', 'b']);
    expect(warnings.join()).toMatch(/2 items/);
  });

  test('warns about names that differ in case or spaces only', () => {
    const rows = [
      { left: 'GPT 4', right: 'gpt4', verdict: 'left' as const },
      { left: 'GPT 4', right: 'gpt4', verdict: 'right' as const },
    ];
    expect(rank(rows).warnings.join()).toMatch(/GPT 4, gpt4/);
  });

  test('recovers the advantage of the first side', () => {
    const rows = syntheticComparisons({ logStrengths: [1, 0, -1], rows: 20_000, seed: 2 }).map(
      (row, at): Comparison => (at % 4 === 0 ? { ...row, verdict: 'left' } : row),
    );
    const [side] = rank(rows, { side: true }).coefficients;
    expect(side).toMatchObject({ name: 'side', standardDeviation: 1 });
    expect(side!.low!).toBeGreaterThan(0.4);
    expect(
      rank(
        rows.map((row) => row),
        { side: true, method: 'davidson' },
      ).fit.ties!.value,
    ).toBe(0);
  });

  test('says when the side alone decides everything', () => {
    const rows = gamesFrom('a>b b>a a>c c>a b>c c>b');
    const { problems, fit } = rank(rows, { side: true });
    expect(problems.join()).toMatch(/side has no finite coefficient/);
    expect(fit.converged).toBe(false);
  });

  test('says when it did not converge', () => {
    const rows = syntheticComparisons({ logStrengths: [2, 0, -2], rows: 300, seed: 1 });
    const { problems, fit } = rank(rows, { iterationLimit: 1 });
    expect(fit.converged).toBe(false);
    expect(problems.join()).toMatch(/did not converge: residual/);
  });

  test('warns of few clusters and says how much wider they make it', () => {
    const rows = syntheticComparisons({
      logStrengths: [1, 0, -1],
      rows: 3000,
      seed: 2,
      judges: { count: 12, sd: 1 },
    });
    const { fit, warnings } = rank(rows);
    expect(fit).toMatchObject({ unit: 'judge', clusters: 12 });
    expect(fit.widening).toBeGreaterThan(2);
    expect(warnings.join()).toMatch(/Only 12 clusters by judge/);
  });

  test('is finite and free of NaN for every method', () => {
    const rows = syntheticComparisons({
      logStrengths: [1, 0, 0],
      rows: 60,
      seed: 6,
      ties: 0.2,
    }).map((row, at) => ({ ...row, judge: `j${at % 5}`, features: { length: Math.sin(at) } }));
    const ofPairs = METHOD_NAMES.filter((name) => name !== 'plackett-luce');
    for (const method of ofPairs) {
      const ranking = rank(rows, { method });
      expect(ranking.problems, method).toEqual([]);
      const text = JSON.stringify({ ...ranking, estimate: null }, (_, value) =>
        typeof value === 'number' && !Number.isFinite(value) ? 'NOT FINITE' : value,
      );
      expect(text, method).not.toMatch(/NOT FINITE/);
    }
  });

  test('reads async iterables and tables too', async () => {
    async function* stream() {
      yield* CYCLE;
    }
    expect((await rank(stream())).items).toEqual(rank(CYCLE).items);
    expect(rank(new Set(CYCLE)).items).toEqual(rank(CYCLE).items);
    const rounds = { rounds: 20, prior: 1 };
    expect((await bootstrap(stream(), rounds)).items).toEqual(bootstrap(CYCLE, rounds).items);
  });
});
