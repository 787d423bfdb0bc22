import { hashText } from '../texts/hash-text.ts';

/** Dimensions of a vector unless the request says how many. */
const DIMENSIONS = 256;

/**
 * Makes the vector of a text: its words, pairs of words and triples of letters are each hashed to a place and a sign, and
 * the sum is brought to the length 1. The same text always has the same one, texts that share words are near each other.
 */
export function textVector(text: string, dimensions = DIMENSIONS): number[] {
  const vector = new Array<number>(dimensions).fill(0);
  const add = (feature: string, weight: number) => {
    const hash = hashText(feature);
    const place = hash % dimensions;
    vector[place] = (vector[place] ?? 0) + ((hash >>> 16) & 1 ? weight : -weight);
  };
  const words =
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  for (const [index, word] of words.entries()) {
    add(`word ${word}`, 1);
    if (index > 0) add(`pair ${words[index - 1]} ${word}`, 0.5);
    const letters = `^${word}$`;
    for (let at = 0; at + 3 <= letters.length && at < 40; at++) {
      add(`letters ${letters.slice(at, at + 3)}`, 0.25);
    }
  }
  if (words.length === 0) add(`other ${text}`, 1);
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => Number((value / length).toFixed(7)));
}
