import type { AnswerToPair } from './pair-space.ts';
import type { PlannedPair } from './plan-pairs.ts';

/** Answers of so many models, m0, m1, and so on. */
export function items(count: number): AnswerToPair[] {
  return Array.from({ length: count }, (_, k) => ({ item: `m${k}` }));
}

/** The same under each of the prompts p0, p1, and so on. */
export function underPrompts(count: number, prompts: number): AnswerToPair[] {
  return Array.from({ length: prompts }, (_, p) =>
    items(count).map((one) => ({ ...one, prompt: `p${p}` })),
  ).flat();
}

/** Which pairs there are, whatever their order and their sides. */
export function unordered(pairs: readonly PlannedPair[]): string[] {
  return pairs
    .map(({ prompt, left, right }) => [prompt, ...[left, right].sort()].join(' | '))
    .sort();
}
