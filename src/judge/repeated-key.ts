import { jsonStringEnd } from '../core/json-string-end.ts';

const COLON = /\s*:/y;

/**
 * Finds a key that a JSON object has more than once. Parsers take the last one, so that a text which was quoted without
 * care could bring its own.
 *
 * @param text valid JSON
 * @returns undefined when there is none, or the text is no object
 */
export function repeatedKey(text: string): string | undefined {
  const keys = new Set<string>();
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const mark = text[at]!;
    if (mark === '{' || mark === '[') depth++;
    else if (mark === '}' || mark === ']') depth--;
    else if (mark === '"') {
      const end = jsonStringEnd(text, at);
      if (depth === 1 && isColonNext(text, end)) {
        const key = JSON.parse(text.slice(at, end)) as string;
        if (keys.has(key)) return key;
        keys.add(key);
      }
      at = end - 1;
    }
  }
  return undefined;
}

function isColonNext(text: string, from: number): boolean {
  COLON.lastIndex = from;
  return COLON.test(text);
}
