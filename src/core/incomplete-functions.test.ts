import { expect, test } from 'vitest';
import { incompleteBeta } from './incomplete-functions.ts';

test.each([1, 2, 7, 40])('I_x(1, %i) is 1 - (1 - x)^b to 14 digits', (b) => {
  for (const x of [0.01, 0.3, 0.9]) {
    expect(Math.abs(incompleteBeta(x, 1, b) / (1 - (1 - x) ** b) - 1)).toBeLessThan(2e-14);
  }
});

test.each([1, 10, 1000, 1e5, 1e6, 1e7, 1e8])('I_0.5(%d, the same) is a half', (a) => {
  // Beyond some thousand, the logarithms of the gamma function are large and cost digits.
  expect(Math.abs(incompleteBeta(0.5, a, a) - 0.5)).toBeLessThan(Math.max(1e-13, 2e-14 * a));
});

test('a coin thrown once is exactly even', () => {
  expect(incompleteBeta(0.5, 1, 1)).toBe(0.5);
  expect(incompleteBeta(0.5, 2, 2)).toBeCloseTo(0.5, 14);
});

test('far tails keep their digits, and the ends are 0 and 1', () => {
  // Student's t with 1 degree of freedom: 2 arctan(1/t) / π beyond t on both sides.
  for (const t of [3, 1e3, 1e6]) {
    expect(
      incompleteBeta(1 / (1 + t * t), 0.5, 0.5) / ((2 * Math.atan(1 / t)) / Math.PI),
    ).toBeCloseTo(1, 12);
  }
  expect([incompleteBeta(0, 2, 3), incompleteBeta(1, 2, 3)]).toEqual([0, 1]);
});
