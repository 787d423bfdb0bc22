import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasSharedData, readSharedData } from '../../../test/support/shared-data.ts';
import type { Comparison } from '../table/comparison.ts';
import { items, underPrompts, unordered } from './pairs.test-support.ts';
import { planPairs } from './plan-pairs.ts';

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
