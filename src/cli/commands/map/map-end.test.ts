import { expect, it } from 'vitest';
import { renderSample, type ShownMap } from './map-end.ts';

const NOTHING = { repaired: 0, truncated: 0, partial: 0, invalid: 0, empty: 0, dropped: 0 };

function sample(counts: Partial<ShownMap['counts']>, inputTokens: number): ShownMap {
  const model = { inputTokens, outputTokens: 0, costUsd: 0.01 } as ShownMap['models'][number];
  return {
    ...{ state: 'unfinished', steps: [], unasked: 0, droppedKeys: 0, shared: 0, output: null },
    counts: {
      ...{ in: 0, answered: 0, failed: 0, skipped: 0, out: 0, asks: 0, reasked: 0 },
      ...NOTHING,
      ...counts,
    },
    models: [model],
    sample: [{ text: 'x', output: null }],
  };
}

it('the whole of a sample is reckoned by the rows that are asked, not by those that never are', () => {
  const text = renderSample(sample({ in: 1000, answered: 9, failed: 1, skipped: 500 }, 100), 80);
  expect(text).toContain('the whole: about 5,000 tokens, $0.5000;');
});

it('of a sample that was not asked at all nothing is reckoned', () => {
  expect(renderSample(sample({ in: 1000 }, 0), 80)).toBe('\n{"text":"x","output":null}\n');
});
