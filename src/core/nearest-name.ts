import { distance } from 'fastest-levenshtein';

/** No name is mistyped at such a length, and comparing takes the product of two lengths. */
const MAX_NAME = 200;

/**
 * Finds the known name that is most like a mistyped one.
 *
 * @param limit most edits; default a third of the length, at least 2
 * @returns undefined when nothing is near, as nothing is to a text of more than 200 characters
 */
export function nearestName(
  wrong: string,
  known: Iterable<string>,
  limit = Math.max(2, Math.floor(wrong.length / 3)),
): string | undefined {
  if (wrong.length > MAX_NAME) return undefined;
  let best: string | undefined;
  let bestDistance = limit + 1;
  for (const name of known) {
    if (Math.abs(name.length - wrong.length) > limit) continue;
    const edits = distance(wrong.toLowerCase(), name.toLowerCase());
    if (edits < bestDistance) {
      best = name;
      bestDistance = edits;
    }
  }
  return best;
}
