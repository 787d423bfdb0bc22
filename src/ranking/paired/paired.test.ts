import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Random } from '../../core/clock.ts';
import { seededRandom } from '../../core/seeded-random.ts';
import { scoreBounds } from '../agreement/wilson.ts';
import { holmAdjusted } from '../claims/holm.ts';
import { comparePaired, mcnemarMidP, meanOfUnits, type UnitMeans } from './index.ts';

const known = JSON.parse(
  readFileSync(new URL('./reference-values.json', import.meta.url), 'utf8'),
) as {
  mcnemar: [number, number, number][];
  a: number[];
  b: number[];
  paired: { difference: number; p: number; low: number; high: number };
  mean: { mean: number; low: number; high: number };
  wilson: [number, number, number, number][];
  holm: { p: number[]; adjusted: number[] };
};

function unitsOf(means: readonly number[], isSingle = true): UnitMeans {
  const isBinary = means.every((mean) => mean === 0 || mean === 1);
  return { means: Float64Array.from(means), isBinary, isSingle };
}

function zerosAndOnes(ones: number, of: number): number[] {
  return Array.from({ length: of }, (_, unit) => (unit < ones ? 1 : 0));
}

describe('against scipy and statsmodels', () => {
  it("gives McNemar's mid-p", () => {
    for (const [better, worse, p] of known.mcnemar) {
      expect(mcnemarMidP(better, worse) / p).toBeCloseTo(1, 9);
    }
  });

  it("gives Student's interval of a mean, and of paired differences with its p", () => {
    const { mean, low, high } = meanOfUnits(unitsOf(known.a));
    expect([mean, low, high]).toEqual(
      [known.mean.mean, known.mean.low, known.mean.high].map((value) => expect.closeTo(value, 12)),
    );
    const found = comparePaired(unitsOf(known.a), unitsOf(known.b));
    expect(found.method).toBe('t');
    for (const name of ['difference', 'low', 'high', 'p'] as const) {
      expect(found[name]).toBeCloseTo(known.paired[name], 12);
    }
  });

  it("gives Wilson's interval of one 0/1 value a unit", () => {
    for (const [ones, of, low, high] of known.wilson) {
      const found = meanOfUnits(unitsOf(zerosAndOnes(ones, of)));
      expect(found).toMatchObject({ mean: ones / of, method: 'wilson' });
      expect(found.low).toBeCloseTo(low, 9);
      expect(found.high).toBeCloseTo(high, 9);
    }
  });

  it("adjusts p-values by Holm's method", () => {
    const { p, adjusted } = known.holm;
    const found = holmAdjusted(Float64Array.from(p), p.length);
    for (const [at, value] of adjusted.entries()) expect(found[at]).toBeCloseTo(value, 12);
  });
});

describe('where little is known', () => {
  it('gives no interval for one unit, nor for units that are all the same', () => {
    expect(meanOfUnits(unitsOf([0.5]))).toEqual({ mean: 0.5, low: null, high: null, method: 't' });
    expect(meanOfUnits(unitsOf([4, 4, 4]))).toMatchObject({ mean: 4, low: null, high: null });
    expect(meanOfUnits(unitsOf([]))).toMatchObject({ mean: null, low: null });
    // Equal numbers whose running mean is rounded have no spread all the same.
    expect(meanOfUnits(unitsOf(Array(7).fill(0.1)))).toMatchObject({ mean: 0.1, low: null });
  });

  it('counts units of several values that agree on 1 as one observation each', () => {
    expect(meanOfUnits(unitsOf([1, 1, 1, 1], false))).toMatchObject({ high: 1, method: 'wilson' });
    expect(meanOfUnits(unitsOf([1, 1, 1, 1], false)).low).toBeCloseTo(0.5101, 4);
  });

  it('tests a difference of nothing as none, and a constant one not at all', () => {
    expect(comparePaired(unitsOf([0.5, 0.2]), unitsOf([0.5, 0.2]))).toMatchObject({ p: 1 });
    expect(comparePaired(unitsOf([1.5, 1.5]), unitsOf([0.5, 0.5]))).toMatchObject({
      difference: 1,
      low: null,
      p: null,
    });
    expect(comparePaired(unitsOf([]), unitsOf([]))).toMatchObject({ units: 0, difference: null });
    expect(comparePaired(unitsOf([1]), unitsOf([0]))).toMatchObject({ p: 0.5, low: null });
  });

  it('tests units of several 0/1 values by t, not as counts', () => {
    const found = comparePaired(unitsOf([1, 0, 1], false), unitsOf([0, 0, 0], false));
    expect(found.method).toBe('t');
  });
});

/** A standard normal draw, by Box and Muller. */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Share of simulated worlds whose interval holds the truth. */
function coverage(worlds: number, truth: number, world: () => UnitMeans): number {
  let held = 0;
  for (let at = 0; at < worlds; at++) {
    const { low, high } = meanOfUnits(world());
    if (low !== null && high !== null && low <= truth && truth <= high) held++;
  }
  return held / worlds;
}

function binomial(ones: number, of: number, p: number): number {
  let ways = 1;
  for (let at = 0; at < ones; at++) ways *= (of - at) / (at + 1);
  return ways * p ** ones * (1 - p) ** (of - ones);
}

describe('by simulation', () => {
  it('holds the mean of normal units 93 to 97 % of the time', () => {
    for (const units of [5, 10, 20, 50]) {
      const random = seededRandom(units);
      const world = () => unitsOf(Array.from({ length: units }, () => 3 + normal(random)));
      const share = coverage(4000, 3, world);
      expect(share, `${units} units`).toBeGreaterThan(0.93);
      expect(share, `${units} units`).toBeLessThan(0.97);
    }
  });

  it("covers a share as often as Wilson's interval exactly does", () => {
    const [units, worlds] = [40, 6000];
    for (const p of [0.1, 0.3, 0.5, 0.8]) {
      let exact = 0;
      for (let ones = 0; ones <= units; ones++) {
        const { low, high } = scoreBounds(ones / units, units, 1.959963984540054);
        if (low <= p && p <= high) exact += binomial(ones, units, p);
      }
      const random = seededRandom(1000 * p);
      const world = () => unitsOf(Array.from({ length: units }, () => (random() < p ? 1 : 0)));
      const error = 4 * Math.sqrt((exact * (1 - exact)) / worlds);
      expect(Math.abs(coverage(worlds, p, world) - exact), `p ${p}`).toBeLessThan(error);
    }
  });

  it('holds the mean of 50 units of 0/1 with 1 and with 6 variants 93 to 97 % of the time', () => {
    for (const variants of [1, 6]) {
      const random = seededRandom(50 + variants);
      // Prompts are easy or hard, so that the variants of one depend on each other.
      const world = () => {
        const means = Array.from({ length: 50 }, () => {
          const share = random() < 0.5 ? 0.9 : 0.3;
          let ones = 0;
          for (let at = 0; at < variants; at++) if (random() < share) ones++;
          return ones / variants;
        });
        return { means: Float64Array.from(means), isBinary: true, isSingle: variants === 1 };
      };
      const share = coverage(4000, 0.6, world);
      expect(share, `${variants} variants`).toBeGreaterThan(0.93);
      expect(share, `${variants} variants`).toBeLessThan(0.97);
    }
  });

  it('calls some difference of six equal models sure in at most 5 % of worlds', () => {
    const [models, units, worlds] = [6, 30, 1500];
    for (const isBinary of [true, false]) {
      const random = seededRandom(isBinary ? 3 : 4);
      let wrong = 0;
      for (let world = 0; world < worlds; world++) {
        const prompts = Array.from({ length: units }, () => random());
        const answers = Array.from({ length: models }, () =>
          unitsOf(
            prompts.map((ease) =>
              isBinary ? (random() < ease ? 1 : 0) : ease + 0.3 * normal(random),
            ),
          ),
        );
        const p: number[] = [];
        for (const [at, first] of answers.entries()) {
          for (const second of answers.slice(at + 1)) p.push(comparePaired(first, second).p ?? 1);
        }
        if (Math.min(...holmAdjusted(Float64Array.from(p), p.length)) < 0.05) wrong++;
      }
      const error = 3 * Math.sqrt((0.05 * 0.95) / worlds);
      expect(wrong / worlds).toBeLessThan(0.05 + error);
    }
  });
});
