import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ValueHistogram } from './value-histogram.ts';

describe('ValueHistogram', () => {
  it('has no quantile without a value', () => {
    expect(new ValueHistogram().quantile(0.5)).toBeNull();
  });

  it('gives quantiles within 2 % of the true ones', () => {
    const numbers = fc.array(fc.double({ min: 0.02, max: 600_000, noNaN: true }), {
      minLength: 1,
    });
    fc.assert(
      fc.property(numbers, fc.double({ min: 0.01, max: 1, noNaN: true }), (values, share) => {
        const histogram = new ValueHistogram();
        for (const value of values) histogram.add(value);
        const sorted = [...values].sort((a, b) => a - b);
        const exact = sorted[Math.ceil(share * sorted.length) - 1]!;
        expect(Math.abs(histogram.quantile(share)! / exact - 1)).toBeLessThan(0.02);
      }),
    );
  });

  it('tells whole numbers up to 50 apart, and nothing from zero', () => {
    const histogram = new ValueHistogram();
    for (let value = 0; value <= 50; value++) histogram.add(value);
    const values = histogram.counts().map(({ value }) => Math.round(value));
    expect(values).toEqual(Array.from({ length: 51 }, (_, value) => value));
    expect(histogram.counts().every(({ count }) => count === 1)).toBe(true);
    expect(histogram.total).toBe(51);
  });

  it('takes a value of any size', () => {
    const histogram = new ValueHistogram();
    for (const value of [0, 1e308, Number.POSITIVE_INFINITY]) histogram.add(value);
    expect(histogram.quantile(1)! / 1e15).toBeCloseTo(1, 1);
    expect(histogram.counts().map(({ count }) => count)).toEqual([1, 2]);
  });
});
