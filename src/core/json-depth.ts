import { jsonStringEnd } from './json-string-end.ts';

/** The most lists and objects that may stand in one another. `JSON.stringify` gives up at some thousands. */
export const MAX_JSON_DEPTH = 1_000;

const QUOTE = 0x22;

/**
 * Tells whether a text of JSON is nested more than 1,000 deep: `JSON.parse` takes any depth, but hardly anything can be
 * done with such a value. A text with few brackets is passed over at once.
 */
export function isNestedTooDeeply(text: string): boolean {
  if (text.length <= MAX_JSON_DEPTH || !hasManyBrackets(text)) return false;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = jsonStringEnd(text, at) - 1;
    else if (code === 0x5b || code === 0x7b) {
      if (++depth > MAX_JSON_DEPTH) return true;
    } else if (code === 0x5d || code === 0x7d) depth--;
  }
  return false;
}

function hasManyBrackets(text: string): boolean {
  let count = 0;
  for (const bracket of ['[', '{']) {
    for (let at = text.indexOf(bracket); at >= 0; at = text.indexOf(bracket, at + 1)) {
      if (++count > MAX_JSON_DEPTH) return true;
    }
  }
  return false;
}
