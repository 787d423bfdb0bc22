import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { naiveAlpha } from '../../../test/support/naive/krippendorff-alpha.ts';
import { hasSharedData, readSharedData } from '../../../test/support/shared-data.ts';
import { seededRandom } from '../../core/seeded-random.ts';
import { krippendorffAlpha } from './alpha.ts';
import { DISTANCES, type Distance } from './distance.ts';
import { type RatingCell, ratingsFromMatrix } from './ratings-from-matrix.ts';

const random = () => seededRandom(12345);
const alphaOf = (matrix: readonly (readonly RatingCell[])[], distance: Distance) =>
  krippendorffAlpha(ratingsFromMatrix(matrix), random(), { distance, interval: 'none' });

describe('krippendorffAlpha', () => {
  it('gives the published values for ratings listed as units of two', () => {
    const units = (...pairs: [number, number][]) => [
      pairs.map((p) => p[0]),
      pairs.map((p) => p[1]),
    ];
    const three = units([1, 2], [2, 3], [3, 4]);
    expect(alphaOf(three, 'nominal').alpha).toBeCloseTo(-0.1538462, 7);
    expect(alphaOf(three, 'interval').alpha).toBeCloseTo(0.5454545, 7);
    expect(alphaOf(units([1, 2], [2, 4]), 'ratio').alpha).toBeCloseTo(0.1712707, 7);
    const two = units([1, 2], [2, 3]);
    expect(alphaOf(two, 'ordinal').alpha).toBeCloseTo(alphaOf(two, 'interval').alpha!, 12);
  });

  it('equals the textbook on random matrices with gaps, for every distance', () => {
    const cell = fc.option(fc.integer({ min: 0, max: 4 }), { nil: null, freq: 3 });
    const matrix = fc.integer({ min: 1, max: 7 }).chain((units) =>
      fc.array(fc.array(cell, { minLength: units, maxLength: units }), {
        minLength: 2,
        maxLength: 5,
      }),
    );
    fc.assert(
      fc.property(matrix, fc.constantFrom(...DISTANCES), (rows, distance) => {
        const fast = alphaOf(rows, distance);
        const slow = naiveAlpha(rows, distance);
        expect(fast.observed).toBeCloseTo(slow.observed, 9);
        expect(fast.expected).toBeCloseTo(slow.expected, 9);
        if (fast.alpha !== null) expect(fast.alpha).toBeCloseTo(slow.alpha, 9);
      }),
      { numRuns: 300 },
    );
  });

  it('does not lose digits when interval values are large', () => {
    const base = [
      [1, 2, 3, 4, 2],
      [1, 3, 3, 4, 1],
    ];
    const moved = base.map((row) => row.map((value) => value + 1e9));
    expect(alphaOf(moved, 'interval').alpha).toBeCloseTo(alphaOf(base, 'interval').alpha!, 9);
  });

  it('is 1 and says that nothing varies when every rating is the same', () => {
    expect(
      alphaOf(
        [
          ['a', 'a'],
          ['a', 'a'],
        ],
        'nominal',
      ),
    ).toMatchObject({ alpha: 1, constant: true });
  });

  it('is null, never NaN, when no unit has two ratings', () => {
    expect(
      alphaOf(
        [
          [1, null],
          [null, 2],
        ],
        'interval',
      ),
    ).toMatchObject({ alpha: null, units: 0 });
    expect(alphaOf([], 'nominal').alpha).toBeNull();
  });

  it('refuses to measure words by anything but nominal distance', () => {
    expect(() =>
      alphaOf(
        [
          ['NN', 'VB'],
          ['NN', 'NN'],
        ],
        'ordinal',
      ),
    ).toThrow(/"NN" is not a number/);
  });

  it('gives the same interval for the same seed, around the estimate', () => {
    const ratings = ratingsFromMatrix([
      [1, 2, 3, 3, 2, 1, 2, 3, 1],
      [1, 2, 3, 1, 2, 1, 2, 3, 2],
    ]);
    const first = krippendorffAlpha(ratings, random());
    expect(krippendorffAlpha(ratings, random())).toEqual(first);
    expect(first.low!).toBeLessThan(first.alpha!);
    expect(first.high!).toBeGreaterThanOrEqual(first.alpha!);
    const wider = krippendorffAlpha(ratings, random(), { level: 0.99 });
    expect(wider.low!).toBeLessThanOrEqual(first.low!);
  });
});

const CODINGS = 'evalica/codings.csv';
const TAGS = 'evalica/gcl.csv';
describe.skipIf(!hasSharedData(CODINGS, TAGS))('krippendorffAlpha on published matrices', () => {
  const read = (name: string) =>
    readSharedData(name)
      .trim()
      .split('\n')
      .map((line) => line.split(','));

  it.each([
    ['nominal', 904 / 1216],
    ['ordinal', 0.815388],
    ['interval', 0.849107],
    ['ratio', 0.797403],
  ] as const)('finds %s alpha of the textbook example', (distance, golden) => {
    expect(alphaOf(read(CODINGS), distance).alpha).toBeCloseTo(golden, 6);
  });

  it('reports the sums of the coincidence matrix', () => {
    const { observed, expected } = alphaOf(read(CODINGS), 'nominal');
    expect(observed).toBeCloseTo(8, 9);
    expect(expected).toBeCloseTo(31.179487, 6);
  });

  it('finds alpha of part-of-speech tags', () => {
    expect(alphaOf(read(TAGS), 'nominal').alpha).toBeCloseTo(1 / 12, 7);
  });

  it("keeps Hayes' interval where it was published", () => {
    const options = { interval: 'hayes', rounds: 5000 } as const;
    const found = krippendorffAlpha(ratingsFromMatrix(read(CODINGS)), random(), options);
    expect(found.low).toBeGreaterThan(0.55);
    expect(found.low).toBeLessThan(0.68);
    expect(found.high).toBeGreaterThan(0.82);
    expect(found.high).toBeLessThan(0.91);
  });
});
