import { distance } from 'fastest-levenshtein';

const SURROGATE = /[\ud800-\udfff]/;

/** Levenshtein distance of two texts: the fewest characters (code points) to insert, delete or change. */
export function editDistance(a: string, b: string): number {
  if (!SURROGATE.test(a) && !SURROGATE.test(b)) return distance(a, b);
  const places = new Map<string, string>();
  const taken = new Set([...a, ...b].filter((character) => character.length === 1));
  let next = 0;
  // A character of two units gets a single one that neither text uses.
  const shorten = (text: string) =>
    Array.from(text, (character) => {
      if (character.length === 1) return character;
      let place = places.get(character);
      if (place === undefined) {
        while (taken.has(String.fromCharCode(next))) next += 1;
        place = String.fromCharCode(next++);
        places.set(character, place);
      }
      return place;
    }).join('');
  return distance(shorten(a), shorten(b));
}
