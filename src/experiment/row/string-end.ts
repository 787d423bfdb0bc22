const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const ESCAPE = /["\\/bfnrt]|u[0-9a-fA-F]{4}/y;

/**
 * Finds the end of a JSON string in a text of any length; a regular expression for the whole string
 * overflows its stack at some ten million characters.
 *
 * @param start index of its opening quote
 * @returns the index behind its closing quote; -1 if it has none or is no JSON string
 */
export function stringEnd(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    if (code < 0x20) return -1;
    if (code === BACKSLASH) {
      ESCAPE.lastIndex = at + 1;
      if (!ESCAPE.test(text)) return -1;
      at = ESCAPE.lastIndex;
    } else at++;
  }
  return -1;
}
