/** DEL, the C1 range, in which a terminal may find codes, and what reorders text. */
const HIDDEN = /[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/**
 * Writes characters that act on a terminal without being seen as JSON escapes them (`\\u009b`), so that JSON stays the
 * same JSON. Other views are clean already; this is the last door.
 */
export function withoutHiddenCharacters(text: string): string {
  return text.replace(HIDDEN, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
