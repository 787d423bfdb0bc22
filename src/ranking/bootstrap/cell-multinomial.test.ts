import { expect, test } from 'vitest';
import { seededRandom } from '../../core/seeded-random.ts';
import { CellMultinomial } from './cell-multinomial.ts';

test('every draw has exactly as many rows as there are', () => {
  for (const rows of [
    [1, 0, 0],
    [3, 4, 0, 2],
    [500, 1, 20, 0, 4000],
    [1e6, 12, 1e5],
  ]) {
    const total = rows.reduce((sum, one) => sum + one, 0);
    const sampler = new CellMultinomial(Float64Array.from(rows));
    const random = seededRandom(5);
    const counts = new Float64Array(rows.length);
    for (let round = 0; round < 300; round++) {
      sampler.draw(random, counts);
      expect(counts.reduce((sum, one) => sum + one, 0)).toBe(total);
      counts.forEach((count, cell) => {
        expect(count).toBeGreaterThanOrEqual(0);
        if (rows[cell] === 0) expect(count).toBe(0);
      });
    }
  }
});

test.each([
  ['few rows', [1, 2, 3]],
  ['many rows', [40, 900, 7, 53, 1000]],
])('means, variances and covariances are multinomial with %s', (_name, rows) => {
  const total = rows.reduce((sum, one) => sum + one, 0);
  const sampler = new CellMultinomial(Float64Array.from(rows));
  const random = seededRandom(11);
  const counts = new Float64Array(rows.length);
  const rounds = 40_000;
  const mean = rows.map(() => 0);
  let square = 0;
  let product = 0;
  for (let round = 0; round < rounds; round++) {
    sampler.draw(random, counts);
    counts.forEach((count, cell) => {
      mean[cell]! += count / rounds;
    });
    square += (counts[1]! - rows[1]!) ** 2 / rounds;
    product += ((counts[1]! - rows[1]!) * (counts[2]! - rows[2]!)) / rounds;
  }
  const share = rows.map((count) => count / total);
  rows.forEach((count, cell) => {
    const error = Math.sqrt((count * (1 - share[cell]!)) / rounds);
    expect(Math.abs(mean[cell]! - count)).toBeLessThan(4.5 * error);
  });
  expect(square / (total * share[1]! * (1 - share[1]!))).toBeCloseTo(1, 1);
  expect(product / total).toBeCloseTo(-share[1]! * share[2]!, 1);
});

test('the same random numbers give the same draw', () => {
  const sampler = new CellMultinomial(Float64Array.from([50, 60, 1000]));
  const once = new Float64Array(3);
  const again = new Float64Array(3);
  sampler.draw(seededRandom(1, 8), once);
  sampler.draw(seededRandom(2, 8), again);
  sampler.draw(seededRandom(1, 8), again);
  expect(again).toEqual(once);
});
