import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../core/seeded-random.ts';
import { prepareRanking } from '../rating/prepare-ranking.ts';
import type { Comparison } from '../table/comparison.ts';
import { chooseMethod } from './choose-method.ts';

describe('choosing the model of ties by evidence', () => {
  function drawn(kind: 'davidson' | 'half wins', count: number): Comparison[] {
    const random = seededRandom(31);
    const strengths = [2.5, 1.2, 0, -1.2, -2.5];
    return Array.from({ length: count }, (): Comparison => {
      const left = Math.floor(random() * 5);
      const right = (left + 1 + Math.floor(random() * 4)) % 5;
      const half = (strengths[left]! - strengths[right]!) / 2;
      const [won, lost] = [Math.exp(half), Math.exp(-half)];
      const p = won / (won + lost);
      const normal = won + lost + 1.5;
      const [left3, right3] =
        kind === 'davidson'
          ? [won / normal, lost / normal]
          : [p - 0.8 * p * (1 - p), 1 - p - 0.8 * p * (1 - p)];
      const at = random();
      const verdict = at < left3 ? 'left' : at < left3 + right3 ? 'right' : 'tie';
      return { left: `m${left}`, right: `m${right}`, verdict };
    });
  }

  test('prefers the model that made the data', () => {
    const [best, ...others] = chooseMethod(prepareRanking(drawn('davidson', 6000), {}));
    expect(best!.method).toBe('davidson');
    const raoKupper = others.find(({ method }) => method === 'rao-kupper')!;
    expect(raoKupper.excess).toBeGreaterThan(2 * raoKupper.excessError);
    const [first] = chooseMethod(prepareRanking(drawn('half wins', 6000), {}));
    expect(first!.method).toBe('bradley-terry');
  });

  test('is calibrated where the model holds', () => {
    for (const { expected, observed, comparisons } of chooseMethod(
      prepareRanking(drawn('davidson', 6000), {}),
    )[0]!.calibration) {
      const error = Math.sqrt((expected * (1 - expected)) / comparisons);
      expect(Math.abs(observed - expected)).toBeLessThan(5 * error + 0.01);
    }
  });
});
