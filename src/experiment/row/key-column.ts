import { jsonStringEnd } from '../../core/json-string-end.ts';

/**
 * Finds where a key stands in the text of a JSON object.
 *
 * @param text valid JSON
 * @param path the key, behind those of the objects that it is in
 * @returns the column of its opening quote, counted from 1; null if there is no such key
 */
export function keyColumn(text: string, path: readonly string[]): number | null {
  let depth = 0;
  /** How many keys of the path lead to where we are. */
  let inside = 0;
  let entering = false;
  for (let at = 0; at < text.length; at++) {
    const mark = text[at]!;
    if (mark === '{' || mark === '[') {
      depth++;
      if (entering && mark === '{') inside++;
      entering = false;
    } else if (mark === '}' || mark === ']') {
      if (inside > 0 && depth === inside + 1) inside--;
      depth--;
    } else if (mark === '"') {
      const end = jsonStringEnd(text, at);
      if (depth === inside + 1 && isKey(text, at, end, path[inside]!)) {
        if (inside === path.length - 1) return at + 1;
        entering = true;
      }
      at = end - 1;
    } else if (mark === ',') entering = false;
  }
  return null;
}

/** A string is a key exactly when a colon follows. Keys may be written with escapes. */
function isKey(text: string, start: number, end: number, key: string): boolean {
  let next = end;
  while (' \t\n\r'.includes(text.charAt(next)) && next < text.length) next++;
  // The longest way to write a character is an escape of six.
  if (text[next] !== ':' || end - start > key.length * 6 + 2) return false;
  return JSON.parse(text.slice(start, end)) === key;
}
