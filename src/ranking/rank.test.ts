import { describe, expect, test } from 'vitest';
import { syntheticComparisons } from '../../test/support/synthetic-comparisons.ts';
import type { Comparison, Verdict } from '../core/comparison.ts';
import { ComparisonTableBuilder } from '../core/comparison-table-builder.ts';
import { TuttiError } from '../core/tutti-error.ts';
import { METHOD_NAMES } from './methods/method-names.ts';
import type { RankOptions } from './options.ts';
import { rank } from './rank.ts';

/** `a>b`, `a<b`, `a=b`, `a!b` (both bad), separated by spaces. */
function games(text: string): Comparison[] {
  const verdicts: Record<string, Verdict> = {
    '>': 'left',
    '<': 'right',
    '=': 'tie',
    '!': 'both_bad',
  };
  return text.split(' ').map((game) => {
    const [, left, sign, right] = /^(\w+)([<>=!])(\w+)$/.exec(game)!;
    return { left: left!, right: right!, verdict: verdicts[sign!]! };
  });
}

function refusal(rows: readonly Comparison[], options: RankOptions = {}): TuttiError {
  try {
    rank(rows, options);
  } catch (error) {
    if (error instanceof TuttiError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

const CYCLE = games('a>b b>c c>a a>c');

describe('what cannot be rated is refused with a reason', () => {
  test('no comparison at all, or none left', () => {
    expect(refusal([]).code).toBe('no_comparisons');
    expect(refusal(CYCLE.map((row) => ({ ...row, weight: 0 }))).hint).toMatch(/weights are 0/);
    expect(refusal(CYCLE, { minComparisons: 50 }).code).toBe('no_comparisons');
  });

  test('an item against itself', () => {
    const error = refusal([...CYCLE, ...games('b>b')]);
    expect(error.code).toBe('bad_input');
    expect(error.message).toBe('Comparison 5: "b" is compared with itself.');
  });

  test.each([-1, Number.POSITIVE_INFINITY, Number.NaN, 1e300, 1e-300])(
    'a weight of %d',
    (weight) => {
      expect(refusal([{ ...CYCLE[0]!, weight }, ...CYCLE]).message).toMatch(
        /Comparison 1: the weight/,
      );
    },
  );

  test('a feature that is no number, constant, unknown, or missing', () => {
    const withFeature = (value: (at: number) => number) =>
      CYCLE.map((row, at) => ({ ...row, features: { length: value(at) } }));
    const contextual = { method: 'contextual' } as const;
    expect(
      refusal(
        withFeature(() => Number.NaN),
        contextual,
      ).code,
    ).toBe('bad_input');
    expect(
      refusal(
        withFeature(() => 3),
        contextual,
      ).message,
    ).toMatch(/"length" is constant/);
    expect(
      refusal(
        withFeature((at) => at),
        { ...contextual, features: ['lenght'] },
      ).hint,
    ).toBe('Did you mean length?');
    expect(refusal(CYCLE, contextual).code).toBe('bad_usage');
  });

  test('items that never won or never lost, and separate groups', () => {
    const error = refusal(games('best>a a>b b>a a>worst x>y y>x'));
    expect(error.code).toBe('not_comparable');
    expect(error.message).toMatch(/never lost: best/);
    expect(error.message).toMatch(/never won: worst/);
    expect(error.message).toMatch(/comparable with each other: a, b/);
    expect(error.message).toMatch(/comparable with each other: x, y/);
    expect(error.hint).toMatch(/prior of 0.5/);
  });

  test('only ties, by models of ties; plain Bradley-Terry rates all the same', () => {
    const ties = games('a=b b=c');
    for (const method of ['davidson', 'newman', 'rao-kupper'] as const) {
      expect(refusal(ties, { method }).message).toBe('Every comparison is a tie.');
    }
    const { items, warnings } = rank(ties);
    expect(items.map(({ rating, rank }) => [Math.round(rating!), rank])).toEqual([
      [1000, 1],
      [1000, 1],
      [1000, 1],
    ]);
    expect(warnings.join()).toMatch(/all strengths are equal/);
  });

  test('100,000 items: by the likelihood clearly, while the direct methods rate them', () => {
    const builder = new ComparisonTableBuilder();
    for (let item = 0; item < 100_000; item++) {
      builder.add(builder.item(`m${item}`), builder.item(`m${(item * 7 + 1) % 100_000}`), item % 2);
    }
    const table = builder.finish();
    expect(() => rank(table, { prior: 0.5 })).toThrow(/at most 2500 items; there are 100000/);
    for (const method of ['counting', 'average-win-rate', 'elo', 'pagerank'] as const) {
      const { items } = rank(table, { method, shuffles: 1 });
      expect(items).toHaveLength(100_000);
      expect(items.every(({ score }) => Number.isFinite(score))).toBe(true);
    }
  });

  test('options that a method does not have', () => {
    expect(refusal(CYCLE, { method: 'elo', prior: 1 }).code).toBe('bad_usage');
    expect(refusal(CYCLE, { method: 'counting', side: true }).code).toBe('bad_usage');
    expect(refusal(CYCLE, { method: 'elo', intervals: 'sandwich' }).code).toBe('bad_usage');
    expect(refusal(CYCLE, { bothBad: 'loss' }).hint).toMatch(/ties or drop/);
    expect(refusal(CYCLE, { method: 'eloo' as 'elo' }).hint).toBe('Did you mean elo?');
    expect(refusal(CYCLE, { level: 1 }).code).toBe('bad_usage');
    expect(refusal(CYCLE, { cluster: 'promt' }).code).toBe('bad_usage');
    expect(refusal(CYCLE, { anchor: { item: 'd', rating: 1 } }).code).toBe('bad_usage');
    expect(refusal(CYCLE, { method: 'annotator' }).hint).toMatch(/column judge/);
  });

  test('a verdict that is none', () => {
    expect(refusal([{ ...CYCLE[0]!, verdict: 'A' as Verdict }]).code).toBe('bad_input');
  });
});

describe('a ranking', () => {
  test('with a prior everything is finite, also what never won', () => {
    const { items, problems } = rank(games('best>a a>b b>a a>worst x>y y>x'), { prior: 0.5 });
    expect(problems).toEqual([]);
    expect(items).toHaveLength(6);
    for (const { rating, low, high } of items) {
      expect(Number.isFinite(rating! + low! + high!)).toBe(true);
    }
    expect(items[0]!.item).toBe('best');
    expect(items.at(-1)!.item).toBe('worst');
  });

  test('shares ranks among equal scores: 1, 2, 2, 4', () => {
    const { items } = rank(games('a>b a>b b>a a>c a>c c>a b>d b>d d>b c>d c>d d>c'));
    expect(items.map(({ rank }) => rank)).toEqual([1, 2, 2, 4]);
  });

  test('has strengths that sum to 1, ratings with mean 1000, and tallies', () => {
    const { items } = rank(games('a>b a>b b>a b>c c>b c=a a!c'));
    expect(items.reduce((sum, { score }) => sum + score, 0)).toBeCloseTo(1, 12);
    expect(items.reduce((sum, { rating }) => sum + rating! / 3, 0)).toBeCloseTo(1000, 9);
    const a = items.find(({ item }) => item === 'a')!;
    expect(a).toMatchObject({ comparisons: 5, wins: 2, losses: 1, ties: 2 });
    const c = items.find(({ item }) => item === 'c')!;
    expect((a.rating! - c.rating!) / (400 / Math.LN10)).toBeCloseTo(Math.log(a.score / c.score), 9);
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
    const rows = games('a>b a!b b>a');
    const score = (bothBad: 'tie' | 'loss' | 'drop') =>
      rank(rows, { method: 'counting', bothBad }).items.map((one) => one.score);
    expect(score('tie')).toEqual([1.5, 1.5]);
    expect(score('loss')).toEqual([1, 1]);
    expect(score('drop')).toEqual([1, 1]);
    const [elo] = rank(games('a!b'), { method: 'elo', bothBad: 'loss' }).items;
    expect(elo!.score).toBe(998);
    expect(rank(rows, { bothBad: 'drop' }).warnings.join()).toMatch(/1 verdicts/);
  });

  test('leaves out items with too few comparisons, again until all have enough', () => {
    const { items, warnings } = rank(games('a>b b>a a>b b>a a>c c>a c>d'), { minComparisons: 3 });
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
    const rows = games('a>b b>a a>c c>a b>c c>b');
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
    for (const method of METHOD_NAMES) {
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
  });
});

describe('contextual ratings', () => {
  const random = syntheticComparisons({ logStrengths: [0, 0, 0, 0], rows: 20_000, seed: 12 });
  // m0 writes long answers, and judges like length: its strength is not above the others'.
  const rows = random.map((row, at): Comparison => {
    const noise = Math.sin(12.9898 * at) * 0.5;
    const length = noise + (row.left === 'm0' ? 1 : 0) - (row.right === 'm0' ? 1 : 0);
    const p = 1 / (1 + Math.exp(-1.5 * length));
    const uniform = (Math.abs(Math.sin(78.233 * at + 1)) * 43758.5453) % 1;
    return { ...row, verdict: uniform < p ? 'left' : 'right', features: { length } };
  });

  test('take out what a feature explains', () => {
    const plain = rank(rows).items[0]!;
    expect(plain.item).toBe('m0');
    expect(plain.low!).toBeGreaterThan(1100);
    const ranking = rank(rows, { method: 'contextual' });
    const [length] = ranking.coefficients;
    const perUnit = {
      low: length!.low! / length!.standardDeviation,
      high: length!.high! / length!.standardDeviation,
    };
    expect(perUnit.low).toBeLessThan(1.5);
    expect(perUnit.high).toBeGreaterThan(1.5);
    const m0 = ranking.items.find(({ item }) => item === 'm0')!;
    expect(m0.low!).toBeLessThan(1000);
    expect(m0.high!).toBeGreaterThan(1000);
  });

  test('a ridge shrinks the coefficient only', () => {
    const free = rank(rows, { method: 'contextual' }).coefficients[0]!.value;
    const held = rank(rows, { method: 'contextual', ridge: 1e9 });
    expect(Math.abs(held.coefficients[0]!.value)).toBeLessThan(1e-4 * free);
    expect(held.items.map(({ score }) => score.toFixed(5))).toEqual(
      rank(rows).items.map(({ score }) => score.toFixed(5)),
    );
  });
});

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
