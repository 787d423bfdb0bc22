import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LatencyHistogram } from './latency-histogram.ts';

describe('LatencyHistogram', () => {
  it('has no quantile without a call', () => {
    expect(new LatencyHistogram().quantile(0.5)).toBeNull();
  });

  it('gives quantiles within 2 % of the true ones', () => {
    const latencies = fc.array(fc.double({ min: 0.02, max: 600_000, noNaN: true }), {
      minLength: 1,
    });
    fc.assert(
      fc.property(latencies, fc.double({ min: 0.01, max: 1, noNaN: true }), (values, share) => {
        const histogram = new LatencyHistogram();
        for (const value of values) histogram.add(value);
        const sorted = [...values].sort((a, b) => a - b);
        const exact = sorted[Math.ceil(share * sorted.length) - 1]!;
        expect(Math.abs(histogram.quantile(share)! / exact - 1)).toBeLessThan(0.02);
      }),
    );
  });
});
