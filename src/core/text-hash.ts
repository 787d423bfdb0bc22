/** 64 bits of a hash, in halves. */
export interface TextHash {
  readonly first: number;
  readonly second: number;
}

/**
 * Two independent 32-bit hashes of a text, by multiplication and rotation (the shape of MurmurHash3).
 *
 * @param seed a whole number; another one gives other hashes. Default 0
 */
export function textHash(text: string, seed = 0): TextHash {
  let first = 0x9747b28c ^ Math.imul(seed, 0x9e3779b1);
  let second = 0x1b873593 ^ Math.imul(seed, 0x7feb352d);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    first = Math.imul(first ^ code, 0x85ebca6b);
    first = (first << 13) | (first >>> 19);
    second = Math.imul(second ^ code, 0xc2b2ae35);
    second = (second << 17) | (second >>> 15);
  }
  first = Math.imul(first ^ (first >>> 16), 0x85ebca6b);
  second = Math.imul(second ^ (second >>> 15), 0xc2b2ae35);
  return { first: (first ^ (second >>> 13)) >>> 0, second: (second ^ (first >>> 16)) >>> 0 };
}
