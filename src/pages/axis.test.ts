import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseAxis, rangeAxis } from './axis.ts';

const range = fc
  .tuple(
    fc.double({ min: 0.01, max: 1e9, noNaN: true }),
    fc.double({ min: 1, max: 1e6, noNaN: true }),
  )
  .map(([low, ratio]) => ({ low, high: low * ratio }));

describe('chooseAxis', () => {
  it('has room for everything, in a few steps of one direction, with few round numbers', () => {
    fc.assert(
      fc.property(range, ({ low, high }) => {
        const { edges, ticks, position } = chooseAxis(low, high);
        expect(edges.length).toBeLessThanOrEqual(40);
        expect(edges[0]!).toBeLessThanOrEqual(low);
        expect(edges.at(-1)!).toBeGreaterThanOrEqual(high * (1 - 1e-9));
        for (const [index, edge] of edges.entries()) {
          if (index > 0) expect(edge).toBeGreaterThan(edges[index - 1]!);
        }
        expect(position(edges[0]!)).toBeCloseTo(0, 1);
        expect(position(edges.at(-1)!)).toBeCloseTo(100, 1);
        expect(position(Math.sqrt(low * high))).toBeGreaterThanOrEqual(0);
        expect(ticks.length).toBeLessThanOrEqual(7);
        for (const tick of ticks) {
          expect(tick).toBeGreaterThanOrEqual(edges[0]! * (1 - 1e-9));
          expect(tick).toBeLessThanOrEqual(edges.at(-1)! * (1 + 1e-9));
        }
      }),
    );
  });

  it('gives small counts a step each', () => {
    const { edges, ticks } = chooseAxis(1, 3, { whole: true });
    expect(edges).toEqual([0.5, 1.5, 2.5, 3.5]);
    expect(ticks).toEqual([1, 2, 3]);
  });

  it('is logarithmic over a wide range', () => {
    const { ticks, position } = chooseAxis(0.1, 1000);
    expect(ticks).toEqual([0.1, 1, 10, 100, 1000]);
    expect(position(100) - position(10)).toBeCloseTo(position(10) - position(1), 1);
  });

  it('takes a single number', () => {
    const { edges, position } = chooseAxis(5, 5);
    expect(edges.length).toBeGreaterThan(1);
    expect(position(5)).toBeGreaterThan(0);
    expect(position(5)).toBeLessThan(100);
  });
});

describe('rangeAxis', () => {
  it('keeps to its ends', () => {
    const { position } = rangeAxis(0, 5);
    expect([-1, 0, 2.5, 5, 9].map(position)).toEqual([0, 0, 50, 100, 100]);
    expect(rangeAxis(1, 1).position(1)).toBe(0);
  });
});
