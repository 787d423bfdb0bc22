import { textHash } from '../../core/text-hash.ts';

/** Hashes of a signature. */
export const MIN_HASHES = 64;
/** Characters of a shingle. */
const SHINGLE = 5;

const FACTORS = Uint32Array.from({ length: MIN_HASHES }, (_, at) => textHash(`${at}`, 1).first | 1);
const OFFSETS = Uint32Array.from({ length: MIN_HASHES }, (_, at) => textHash(`${at}`, 2).first);

/** The hashes of a text's shingles, each once: of every run of five characters, or of all of a shorter text. */
export function shinglesOf(text: string): Uint32Array {
  const count = Math.max(1, text.length - SHINGLE + 1);
  const all = new Uint32Array(count);
  for (let start = 0; start < count; start++) all[start] = shingleHash(text, start);
  all.sort();
  let distinct = 0;
  for (let at = 0; at < count; at++) {
    if (at === 0 || all[at] !== all[at - 1]) all[distinct++] = all[at]!;
  }
  return all.slice(0, distinct);
}

/**
 * The MinHash signature of a set of shingles (Broder, 1997): for each of 64 permutations the least hash. The share of
 * equal hashes in two signatures estimates the Jaccard similarity of their sets.
 */
export function minHashes(shingles: Uint32Array): Uint32Array {
  const least = new Uint32Array(MIN_HASHES).fill(0xffff_ffff);
  for (let at = 0; at < shingles.length; at++) {
    const shingle = shingles[at]!;
    for (let permutation = 0; permutation < MIN_HASHES; permutation++) {
      const value = (Math.imul(shingle, FACTORS[permutation]!) + OFFSETS[permutation]!) >>> 0;
      if (value < least[permutation]!) least[permutation] = value;
    }
  }
  return least;
}

/** The Jaccard similarity of two sets of shingles: what they share of what both have. */
export function similarity(a: Uint32Array, b: Uint32Array): number {
  let shared = 0;
  let atB = 0;
  for (let atA = 0; atA < a.length; atA++) {
    while (atB < b.length && b[atB]! < a[atA]!) atB++;
    if (atB < b.length && b[atB] === a[atA]) shared++;
  }
  return shared / (a.length + b.length - shared);
}

/** How a signature is cut into bands. */
export interface Bands {
  readonly count: number;
  /** Hashes of each. */
  readonly size: number;
}

/**
 * The widest bands with which two sets of a similarity share at least one band in 99 of 100 cases: with `b` bands of `r`
 * hashes that is 1 - (1 - s^r)^b.
 */
export function bandsFor(near: number): Bands {
  for (let size = MIN_HASHES; size > 1; size--) {
    const count = Math.floor(MIN_HASHES / size);
    if (1 - (1 - near ** size) ** count >= 0.99) return { count, size };
  }
  return { count: MIN_HASHES, size: 1 };
}

function shingleHash(text: string, start: number): number {
  let value = 0x811c9dc5;
  const end = Math.min(text.length, start + SHINGLE);
  for (let at = start; at < end; at++) {
    value = Math.imul(value ^ text.charCodeAt(at), 0x85ebca6b);
    value = (value << 13) | (value >>> 19);
  }
  value = Math.imul(value ^ (value >>> 16), 0xc2b2ae35);
  return (value ^ (value >>> 13)) >>> 0;
}
