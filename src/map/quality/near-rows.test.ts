import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../core/seeded-random.ts';
import { comparedText } from './compared-text.ts';
import { bandsFor, minHashes, shinglesOf, similarity } from './min-hash.ts';
import { NearRows } from './near-rows.ts';

const random = seededRandom(17);
const LETTERS = 'abcdefghijklmnopqrstuvwxyz ';
const letters = (count: number) =>
  Array.from({ length: count }, () => LETTERS[Math.floor(random() * LETTERS.length)]).join('');

/** A text whose similarity to another one is near a value: some of its end is replaced. */
function changedTo(text: string, near: number): string {
  const kept = Math.round((text.length * 2 * near) / (1 + near));
  return text.slice(0, kept) + letters(text.length - kept);
}

async function asked<Result>(near: number, work: (rows: NearRows) => Promise<Result>) {
  const rows = new NearRows(['a', 'b'], near);
  try {
    return await work(rows);
  } finally {
    await rows.close();
  }
}

describe('MinHashes', () => {
  it('estimate the share of shingles that two texts have in common', () => {
    const errors = Array.from({ length: 200 }, (_, at) => {
      const one = letters(400);
      const other = changedTo(one, 0.3 + (0.6 * at) / 200);
      const [a, b] = [shinglesOf(one), shinglesOf(other)];
      const [x, y] = [minHashes(a), minHashes(b)];
      return x.filter((hash, place) => hash === y[place]).length / 64 - similarity(a, b);
    });
    const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
    const square = errors.reduce((sum, error) => sum + error * error, 0) / errors.length;
    expect(Math.abs(mean)).toBeLessThan(0.02);
    // The standard deviation of 64 throws is at most 1 / 16.
    expect(Math.sqrt(square)).toBeLessThan(0.0725);
  });

  it('are cut into bands that find what is just near enough', () => {
    for (const near of [0.3, 0.5, 0.7, 0.85, 0.9, 0.95, 1]) {
      const { count, size } = bandsFor(near);
      expect(count * size).toBeLessThanOrEqual(64);
      expect(1 - (1 - near ** size) ** count).toBeGreaterThanOrEqual(0.99);
    }
    expect(bandsFor(0.85)).toEqual({ count: 10, size: 6 });
  });

  it('count what sets share', () => {
    expect(similarity(shinglesOf('abcdef'), shinglesOf('abcdex'))).toBeCloseTo(1 / 3);
    expect(similarity(shinglesOf('ab'), shinglesOf('ab'))).toBe(1);
    expect(similarity(shinglesOf(''), shinglesOf('a'))).toBe(0);
    expect(shinglesOf('aaaaaaaaaaaa')).toHaveLength(1);
  });
});

describe('rows near to others', () => {
  it('are found by all of their columns, whatever their case and spaces', async () => {
    await asked(0.85, async (rows) => {
      expect(await rows.isNew({ a: 'One  text, LONG enough', b: null, c: 1 })).toBe(true);
      expect(await rows.isNew({ a: 'one text, long enough', c: 2 })).toBe(false);
      expect(await rows.isNew({ a: 'one text, long enough', b: ['x', 1] })).toBe(true);
      expect(await rows.isNew({ a: 'ab' })).toBe(true);
      expect(await rows.isNew({ a: 'ac' })).toBe(true);
      expect(await rows.isNew({})).toBe(true);
      expect(await rows.isNew({ b: '' })).toBe(false);
    });
  });

  it('are found in at least 97 of 100 cases from the threshold on, and never below it', async () => {
    let near = 0;
    let found = 0;
    await asked(0.85, async (rows) => {
      for (let at = 0; at < 600; at++) {
        const a = letters(200 + Math.floor(random() * 400));
        const other = changedTo(a, 0.75 + 0.2 * random());
        const [x, y] = [comparedText(a), comparedText(other)];
        const isNear = similarity(shinglesOf(x), shinglesOf(y)) >= 0.85;
        expect(await rows.isNew({ a })).toBe(true);
        const isFound = !(await rows.isNew({ a: other }));
        if (isFound) expect(isNear).toBe(true);
        if (isNear) near++;
        if (isNear && isFound) found++;
      }
    });
    expect(near).toBeGreaterThan(200);
    expect(found / near).toBeGreaterThan(0.97);
  });

  it('are found behind more texts than memory holds', async () => {
    await asked(0.85, async (rows) => {
      const texts = Array.from(
        { length: 24 },
        (_, at) => String(at).repeat(3) + letters(20_000).repeat(20),
      );
      for (const a of texts) expect(await rows.isNew({ a })).toBe(true);
      for (const a of texts) expect(await rows.isNew({ a: `${a} x` })).toBe(false);
    });
  });

  it('take no square of time where all are from one mould', async () => {
    await asked(0.95, async (rows) => {
      const mould = letters(300);
      const start = performance.now();
      for (let at = 0; at < 2_000; at++)
        expect(await rows.isNew({ a: mould + letters(60) })).toBe(true);
      expect(performance.now() - start).toBeLessThan(10_000);
    });
  });
});
