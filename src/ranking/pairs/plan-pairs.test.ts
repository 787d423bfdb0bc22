import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasSharedData, readSharedData } from '../../../test/support/shared-data.ts';
import type { Comparison } from '../../core/comparison.ts';
import { seededRandom } from '../../core/seeded-random.ts';
import type { AnswerToPair } from './pair-space.ts';
import { type PlannedPair, planPairs } from './plan-pairs.ts';

const items = (count: number): AnswerToPair[] =>
  Array.from({ length: count }, (_, k) => ({ item: `m${k}` }));
const underPrompts = (count: number, prompts: number) =>
  Array.from({ length: prompts }, (_, p) =>
    items(count).map((one) => ({ ...one, prompt: `p${p}` })),
  ).flat();
const unordered = (pairs: readonly PlannedPair[]) =>
  pairs.map(({ prompt, left, right }) => [prompt, ...[left, right].sort()].join(' | ')).sort();

describe('planPairs', () => {
  it('takes answers that arrive one by one', async () => {
    async function* stream() {
      yield* underPrompts(4, 2);
    }
    expect(await planPairs(stream())).toEqual(planPairs(underPrompts(4, 2)));
  });

  it('pairs everything with everything, once under each prompt', () => {
    const { pairs, components, unconnectedPrompts } = planPairs(underPrompts(5, 2), {
      strategy: 'all',
    });
    expect(pairs).toHaveLength(20);
    expect(new Set(unordered(pairs)).size).toBe(20);
    expect(components).toHaveLength(1);
    expect(unconnectedPrompts).toEqual([]);
  });

  it('pairs everything with a baseline where the baseline has answered', () => {
    const answers = [
      ...underPrompts(3, 1),
      { item: 'm1', prompt: 'q' },
      { item: 'm2', prompt: 'q' },
    ];
    const { pairs } = planPairs(answers, { strategy: 'baseline', baseline: 'm0' });
    expect(unordered(pairs)).toEqual(['p0 | m0 | m1', 'p0 | m0 | m2']);
    expect(() => planPairs(answers, { strategy: 'baseline', baseline: 'm00' })).toThrowError(
      expect.objectContaining({ code: 'bad_input', hint: 'Did you mean "m0"?' }),
    );
    expect(() => planPairs(answers, { strategy: 'baseline' })).toThrowError(
      /must be the name of an item/,
    );
  });

  it('joins each answer with the most distant ones', () => {
    const answers = ['aaaa', 'aaab', 'bbbb', 'aaba'].map((text, k) => ({ item: `m${k}`, text }));
    const { pairs } = planPairs(answers, { strategy: 'distant', neighbors: 1 });
    expect(unordered(pairs)).toEqual([' | m0 | m2', ' | m1 | m2', ' | m2 | m3']);
  });

  it('balances exposure and sides, connects the graph and repeats itself, for any size', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 15 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 0, max: 40 }),
        fc.nat(9),
        (size, prompts, extra, seed) => {
          const count = Math.min(size - 1 + extra, (prompts * size * (size - 1)) / 2);
          const options = { strategy: 'balanced', count, seed } as const;
          const plan = planPairs(underPrompts(size, prompts), options);
          expect(plan.pairs).toHaveLength(count);
          expect(new Set(unordered(plan.pairs)).size).toBe(count);
          const shown = plan.exposure.map((one) => one.pairs);
          expect(Math.max(...shown) - Math.min(...shown)).toBeLessThanOrEqual(2);
          if (prompts === 1) expect(plan.components).toHaveLength(1);
          for (const one of plan.exposure)
            expect(Math.abs(2 * one.left - one.pairs)).toBeLessThanOrEqual(3);
          expect(planPairs(underPrompts(size, prompts), options)).toEqual(plan);
        },
      ),
    );
  });

  it('evens out what was compared before', () => {
    const comparisons: Comparison[] = Array.from({ length: 6 }, () => ({
      left: 'm0',
      right: 'm1',
      verdict: 'left',
    }));
    const { exposure } = planPairs(items(4), { count: 5, comparisons });
    expect(exposure.slice(0, 2).every((one) => one.before === 6)).toBe(true);
    expect(exposure[2]!.pairs + exposure[3]!.pairs).toBeGreaterThan(
      exposure[0]!.pairs + exposure[1]!.pairs,
    );
  });

  it('knows a prompt again that was read without the white space around it', () => {
    const answers = ['p\n', 'q'].flatMap((prompt) => items(2).map((one) => ({ ...one, prompt })));
    const comparisons = [{ left: 'm0', right: 'm1', verdict: 'left', prompt: 'p' } as const];
    const { pairs } = planPairs(answers, { count: 1, comparisons });
    expect(pairs[0]!.prompt).toBe('q');
  });

  it('chooses the pairs that a search by full refactoring chooses too', () => {
    const comparisons = randomComparisons(6, 300, 5, 1.5);
    const options = { strategy: 'adaptive', count: 8, comparisons } as const;
    const plan = planPairs(items(6), options);
    expect(plan.evenly).toBeNull();
    expect(unordered(plan.pairs)).toEqual(naiveAdaptive(6, comparisons, 8).sort());
  });

  it('spreads pairs evenly, as balanced does, until strengths are known', () => {
    const comparisons = randomComparisons(6, 80, 5, 1.5);
    const options = { count: 8, comparisons, seed: 3 } as const;
    const plan = planPairs(items(6), { strategy: 'adaptive', ...options });
    expect(plan.evenly).toBe('few-comparisons');
    expect(plan.pairs).toEqual(planPairs(items(6), { strategy: 'balanced', ...options }).pairs);
  });

  it('spreads pairs evenly where items are alike, however many comparisons there are', () => {
    const comparisons = randomComparisons(6, 2000, 5, 0.2);
    const options = { count: 8, comparisons, seed: 3 } as const;
    const plan = planPairs(items(6), { strategy: 'adaptive', ...options });
    expect(plan.evenly).toBe('items-alike');
    expect(plan.pairs).toEqual(planPairs(items(6), { strategy: 'balanced', ...options }).pairs);
  });

  it('starts with items that nobody has compared yet, and spreads over prompts', () => {
    const comparisons = randomComparisons(5, 400, 2, 1.5);
    const { pairs, evenly } = planPairs(underPrompts(6, 3), {
      strategy: 'adaptive',
      count: 6,
      comparisons,
    });
    expect(evenly).toBeNull();
    expect([pairs[0]!.left, pairs[0]!.right]).toContain('m5');
    expect(new Set(pairs.map((pair) => pair.prompt)).size).toBe(3);
  });

  it('says which prompts and items do not hang together', () => {
    const answers = [
      ...underPrompts(2, 1),
      { item: 'x', prompt: 'other' },
      { item: 'y', prompt: 'other' },
    ];
    expect(planPairs(answers, { strategy: 'all' }).components).toEqual([
      ['m0', 'm1'],
      ['x', 'y'],
    ]);
    const distant = planPairs(
      ['a', 'a', 'b', 'b'].map((text, k) => ({
        item: `m${k}`,
        prompt: 'p',
        text: text.repeat(3) + k,
      })),
      { strategy: 'distant', neighbors: 1 },
    );
    expect(distant.unconnectedPrompts.length + distant.components.length).toBeGreaterThan(0);
  });

  it('refuses what cannot be paired', () => {
    expect(() => planPairs([])).toThrowError(/needs two items/);
    expect(() => planPairs(items(2), { count: 0 })).toThrowError(/whole number/);
    expect(() => planPairs(items(4000), { strategy: 'all' })).toThrowError(
      expect.objectContaining({ code: 'too_many_items' }),
    );
    expect(() => planPairs(items(1600), { strategy: 'adaptive' })).toThrowError(/1500/);
    expect(planPairs([...items(2), ...items(2)], { strategy: 'all' })).toMatchObject({
      repeatedAnswers: 2,
    });
  });
});

function randomComparisons(count: number, rows: number, seed: number, step = 0.7): Comparison[] {
  const random = seededRandom(seed);
  return Array.from({ length: rows }, () => {
    const a = Math.floor(random() * count);
    const b = (a + 1 + Math.floor(random() * (count - 1))) % count;
    const p = 1 / (1 + Math.exp(-step * (a - b)));
    return { left: `m${a}`, right: `m${b}`, verdict: random() < p ? 'left' : 'right' };
  });
}

/** The same by brute force: a fit by gradient steps, and the inverse anew for every candidate. */
function naiveAdaptive(size: number, rows: readonly Comparison[], count: number): string[] {
  const place = (name: string) => Number(name.slice(1));
  const p = (d: number) => 1 / (1 + Math.exp(-d));
  const ridge = (precision: number) =>
    Array.from({ length: size }, (_, i) =>
      Array.from({ length: size }, (_, j) => (i === j ? precision : 0)),
    );
  const add = (matrix: number[][], i: number, j: number, w: number) => {
    const copy = matrix.map((row) => [...row]);
    for (const [r, c, sign] of [
      [i, i, 1],
      [j, j, 1],
      [i, j, -1],
      [j, i, -1],
    ] as const)
      copy[r]![c]! += sign * w;
    return copy;
  };
  const informationOf = (precision: number, weight: (i: number, j: number) => number) =>
    rows.reduce((matrix, { left, right }) => {
      const [i, j] = [place(left), place(right)];
      return add(matrix, i, j, weight(i, j));
    }, ridge(precision));
  const theta = new Array<number>(size).fill(0);
  let [precision, covariance] = [1, ridge(1)];
  for (let round = 0; round < 4; round++) {
    for (let step = 0; step < 4000; step++) {
      const slope = theta.map((one) => -precision * one);
      for (const { left, right, verdict } of rows) {
        const [i, j] = [place(left), place(right)];
        const rest = (verdict === 'left' ? 1 : 0) - p(theta[i]! - theta[j]!);
        slope[i]! += rest;
        slope[j]! -= rest;
      }
      for (const k of theta.keys()) theta[k]! += 0.01 * slope[k]!;
    }
    const at = (i: number, j: number) => p(theta[i]! - theta[j]!);
    covariance = inverse(informationOf(precision, (i, j) => at(i, j) * (1 - at(i, j))));
    const squares = theta.reduce((sum, one, k) => sum + one * one + covariance[k]![k]!, 0);
    const next = size / squares;
    if (round === 3 || Math.abs(next - precision) < 0.05 * next) break;
    precision = next;
  }
  // The mean of p(1 - p) over a normal difference, by a fine sum instead of five points.
  const expected = (i: number, j: number) => {
    const sd = Math.sqrt(covariance[i]![i]! + covariance[j]![j]! - 2 * covariance[i]![j]!);
    let [sum, total] = [0, 0];
    for (let z = -5; z <= 5; z += 0.05) {
      const density = Math.exp((-z * z) / 2);
      const at = p(theta[i]! - theta[j]! + z * sd);
      sum += density * at * (1 - at);
      total += density;
    }
    return sum / total;
  };
  let current = informationOf(precision, expected);
  const chosen: string[] = [];
  for (let k = 0; k < count; k++) {
    let [best, lowest] = [[0, 0], Infinity];
    for (let i = 0; i < size; i++) {
      for (let j = i + 1; j < size; j++) {
        const trace = centredTrace(inverse(add(current, i, j, expected(i, j))));
        if (trace < lowest - 1e-9) [best, lowest] = [[i, j], trace];
      }
    }
    current = add(current, best[0]!, best[1]!, expected(best[0]!, best[1]!));
    chosen.push(` | m${best[0]} | m${best[1]}`);
  }
  return chosen;
}

function inverse(matrix: readonly (readonly number[])[]): number[][] {
  const size = matrix.length;
  const work = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  for (let i = 0; i < size; i++) {
    const pivot = work[i]![i]!;
    work[i] = work[i]!.map((value) => value / pivot);
    for (let r = 0; r < size; r++) {
      const factor = work[r]![i]!;
      if (r !== i) work[r] = work[r]!.map((value, c) => value - factor * work[i]![c]!);
    }
  }
  return work.map((row) => row.slice(size));
}

function centredTrace(matrix: readonly (readonly number[])[]): number {
  const size = matrix.length;
  const total = matrix.flat().reduce((sum, value) => sum + value, 0);
  return matrix.reduce((sum, row, k) => sum + row[k]!, 0) - total / size;
}

const RESULTS = 'llmfao/results.jsonl';
const PAIRS = ['llmfao/gpt3-comparisons.csv', 'llmfao/gpt3-crowd-comparisons.csv'] as const;
describe.skipIf(!hasSharedData(RESULTS, 'llmfao/prompts.jsonl', ...PAIRS))(
  'planPairs on published answers',
  () => {
    const lines = (name: string): Record<string, unknown>[] =>
      readSharedData(name)
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
    const published = (name: string) =>
      readSharedData(name)
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => {
          const [, prompt, x, y] = line.split(',');
          return [prompt, ...[x!, y!].sort()].join(' | ');
        })
        .sort();
    const answers = () =>
      lines(RESULTS).map((row) => ({
        item: String(row.model),
        prompt: String(row.prompt),
        text: String(row.result),
      }));

    it('finds the 3,236 pairs of most distant answers, and the uneven exposure they bring', () => {
      const plan = planPairs(answers(), { strategy: 'distant' });
      expect(plan.pairs).toHaveLength(3236);
      expect(unordered(plan.pairs)).toEqual(published(PAIRS[0]));
      expect(plan.unconnectedPrompts).toEqual([]);
      expect(Math.max(...plan.exposure.map((one) => one.pairs))).toBe(838);
      expect(Math.min(...plan.exposure.map((one) => one.pairs))).toBe(12);
    });

    it('finds the 2,139 of the crowd when its prompts are chosen', () => {
      const kept = new Set(
        lines('llmfao/prompts.jsonl')
          .filter((row) => row.type !== 'code' && row.slug !== 'cot-sally' && row.slug !== 'svg')
          .map((row) => String(row.id)),
      );
      const plan = planPairs(
        answers().filter((answer) => kept.has(answer.prompt)),
        { strategy: 'distant' },
      );
      expect(unordered(plan.pairs)).toEqual(published(PAIRS[1]));
    });
  },
);
