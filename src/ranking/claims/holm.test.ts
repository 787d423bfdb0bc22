import fc from 'fast-check';
import { expect, test } from 'vitest';
import { holmAdjusted } from './holm.ts';

test('multiplies the smallest by all hypotheses, the next by one fewer, and never falls', () => {
  const adjusted = holmAdjusted(Float64Array.of(0.02, 0.001, 0.0101));
  expect(adjusted[1]).toBeCloseTo(0.006, 12);
  expect(adjusted[2]).toBeCloseTo(0.0505, 12);
  expect(adjusted[0]).toBeCloseTo(0.08, 12);
  expect([...holmAdjusted(Float64Array.of(0.5, 0.4))]).toEqual([1, 1]);
});

test('keeps the order of the p-values and lies between them and Bonferroni', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 0.5, noNaN: true }), { minLength: 1 }),
      (values) => {
        const p = Float64Array.from(values);
        const adjusted = holmAdjusted(p);
        p.forEach((one, at) => {
          expect(adjusted[at]!).toBeGreaterThanOrEqual(one);
          expect(adjusted[at]!).toBeLessThanOrEqual(Math.min(1, one * 2 * p.length) + 1e-15);
          p.forEach((other, place) => {
            if (one < other) expect(adjusted[at]!).toBeLessThanOrEqual(adjusted[place]!);
          });
        });
      },
    ),
  );
});
