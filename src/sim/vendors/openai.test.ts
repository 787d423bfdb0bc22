import { expect, test } from 'vitest';
import { goDuration } from './openai.ts';

test.each([
  [0, '0s'],
  [5.2, '6ms'],
  [1500, '1.5s'],
  [80_000, '1m20s'],
  [3_605_000, '1h0m5s'],
])('%d ms are spelt %s', (ms, spelt) => {
  expect(goDuration(ms)).toBe(spelt);
});
