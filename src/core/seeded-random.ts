import type { Random } from './clock.ts';

/**
 * A reproducible source of uniform numbers in [0, 1) with 53 random bits: xoshiro128++ (Blackman
 * and Vigna, 2019), its state filled from the seed by splitmix32. Not for secrets.
 *
 * @param seed any finite number; its lower and upper 32 bits are both used.
 * @param stream picks one of many independent sequences of the same seed; default 0.
 */
export function seededRandom(seed: number, stream = 0): Random {
  let mixed = (seed | 0) ^ Math.imul(Math.floor(seed / 0x100000000) | 0, 0x85ebca6b);
  mixed = (mixed + Math.imul(stream, 0x632be5ab)) | 0;
  const fill = () => {
    mixed = (mixed + 0x9e3779b9) | 0;
    let word = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
    word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
    return word ^ (word >>> 15);
  };
  let [a, b, c, d] = [fill(), fill(), fill(), fill()];
  const next = () => {
    const sum = (a + d) | 0;
    const result = (((sum << 7) | (sum >>> 25)) + a) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result;
  };
  return () => ((next() >>> 5) * 0x4000000 + (next() >>> 6)) / 0x20000000000000;
}
