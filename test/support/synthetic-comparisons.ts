import { seededRandom } from '../../src/core/seeded-random.ts';
import type { Comparison } from '../../src/ranking/table/comparison.ts';

/** How a synthetic tournament is made. */
export interface SyntheticOptions {
  /** Log strengths of the items `m0`, `m1`, … */
  readonly logStrengths: readonly number[];
  readonly rows: number;
  readonly seed: number;
  /** Share of ties, whatever the strengths; default 0. */
  readonly ties?: number;
  /** Judges, each with an own shift of every item's strength of this standard deviation (uniform). */
  readonly judges?: { readonly count: number; readonly sd: number };
}

/** Draws comparisons of random pairs from a Bradley-Terry model. */
export function syntheticComparisons(options: SyntheticOptions): Comparison[] {
  const random = seededRandom(options.seed, 77);
  const items = options.logStrengths.length;
  const judges = options.judges ?? { count: 1, sd: 0 };
  const shift = Array.from(
    { length: judges.count * items },
    () => (2 * random() - 1) * Math.sqrt(3) * judges.sd,
  );
  return Array.from({ length: options.rows }, () => {
    const left = Math.floor(random() * items);
    const right = (left + 1 + Math.floor(random() * (items - 1))) % items;
    const judge = Math.floor(random() * judges.count);
    const strength = (item: number) => options.logStrengths[item]! + shift[judge * items + item]!;
    const p = 1 / (1 + Math.exp(strength(right) - strength(left)));
    const tied = random() < (options.ties ?? 0);
    return {
      left: `m${left}`,
      right: `m${right}`,
      verdict: tied ? 'tie' : random() < p ? 'left' : 'right',
      judge: `j${judge}`,
    };
  });
}
