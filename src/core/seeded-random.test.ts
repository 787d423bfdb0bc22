import { describe, expect, it } from 'vitest';
import { seededRandom } from './seeded-random.ts';

const draw = (random: () => number, count: number) => Array.from({ length: count }, random);

describe('seededRandom', () => {
  it('repeats itself for the same seed and differs for another seed or stream', () => {
    const first = draw(seededRandom(7), 5);
    expect(draw(seededRandom(7), 5)).toEqual(first);
    expect(draw(seededRandom(8), 5)).not.toEqual(first);
    expect(draw(seededRandom(7, 1), 5)).not.toEqual(first);
    expect(draw(seededRandom(7 + 2 ** 32), 5)).not.toEqual(first);
  });

  it('is uniform in [0, 1): every tenth holds a tenth, neighbours are uncorrelated', () => {
    const numbers = draw(seededRandom(1), 100_000);
    const tenths = new Array(10).fill(0);
    for (const number of numbers) tenths[Math.floor(number * 10)] += 1;
    for (const count of tenths) expect(Math.abs(count - 10_000)).toBeLessThan(450);
    let product = 0;
    for (let k = 1; k < numbers.length; k++) {
      product += (numbers[k]! - 0.5) * (numbers[k - 1]! - 0.5);
    }
    expect(Math.abs(product / numbers.length)).toBeLessThan(0.0012);
  });
});
