import { describe, expect, it } from 'vitest';
import { decimalDistance, isSameDecimal } from './decimal.ts';

describe('isSameDecimal', () => {
  it.each([
    ['1', '1.0'],
    ['-0.50', '-5e-1'],
    ['1e20', '100000000000000000000'],
    ['.5', '0.5'],
    ['0', '-0.00e7'],
    ['12345678901234567890', '1234567890123456789e1'],
  ])('takes %s and %s for the same', (a, b) => {
    expect(isSameDecimal(a, b)).toBe(true);
  });

  it.each([
    ['12345678901234567890', '12345678901234567891'],
    ['0.1', '0.1000000000000000055511151231257827'],
    ['1', '-1'],
    ['1', '10'],
    ['', ''],
    ['.', '0'],
    ['x', 'x'],
    ['Infinity', 'Infinity'],
  ])('tells %s from %s', (a, b) => {
    expect(isSameDecimal(a, b)).toBe(false);
  });
});

describe('decimalDistance', () => {
  it.each([
    ['0.3', '0.29', 0.01],
    ['12345678901234567890', '12345678901234567889', 1],
    ['-1', '1e0', 2],
    ['1e300', '-1e-300', 1e300],
    ['5', '5.000', 0],
    ['5', 'five', null],
    ['1e999999999', '1', null],
  ])('is between %s and %s %s', (a, b, distance) => {
    expect(decimalDistance(a, b)).toBe(distance);
  });
});
