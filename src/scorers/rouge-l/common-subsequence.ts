/** Bits of masks, 32 in each element: some 256 MB. */
const MOST_MASKS = 64 * 1024 * 1024;

/**
 * Length of the longest common subsequence of two lists of symbols, 32 symbols of the first at a time (Hyyrö, 2004):
 * a bit for each of its places is cleared once a common subsequence can end there.
 *
 * @throws Error for lists that would need too much memory
 */
export function commonSubsequence(first: Int32Array, second: Int32Array): number {
  const words = Math.ceil(first.length / 32);
  const symbols = new Set(first).size;
  if (words * symbols > MOST_MASKS) throw new Error('the texts are too long to be compared');
  const masks = masksOf(first, words);
  const places = new Uint32Array(words).fill(0xffffffff);
  for (const symbol of second) {
    const mask = masks.get(symbol);
    if (mask === undefined) continue;
    let carry = 0;
    for (let word = 0; word < words; word++) {
      const open = places[word]!;
      const found = (open & mask[word]!) >>> 0;
      const sum = open + found + carry;
      carry = sum > 0xffffffff ? 1 : 0;
      places[word] = (sum >>> 0) | (open & ~mask[word]!);
    }
  }
  let length = 0;
  for (let at = 0; at < first.length; at++) {
    if (((places[at >>> 5]! >>> (at & 31)) & 1) === 0) length++;
  }
  return length;
}

/** By symbol, a bit for each of its places. */
function masksOf(symbols: Int32Array, words: number): Map<number, Uint32Array> {
  const masks = new Map<number, Uint32Array>();
  for (const [at, symbol] of symbols.entries()) {
    let mask = masks.get(symbol);
    if (mask === undefined) {
      mask = new Uint32Array(words);
      masks.set(symbol, mask);
    }
    mask[at >>> 5]! |= 1 << (at & 31);
  }
  return masks;
}
