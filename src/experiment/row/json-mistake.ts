const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const ESCAPE = /["\\/bfnrt]|u[0-9a-fA-F]{4}/y;

const TOKEN = /([[\]{}:,])|(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/y;

type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or end' | 'end';

/**
 * Finds the place of the first mistake in a text that is not JSON: `JSON.parse` does not always tell it.
 *
 * @returns the index of the first character that cannot be right; the length of the text if it ends too soon
 */
export function jsonMistakeIndex(text: string): number {
  const open: string[] = [];
  let expected: Expected = 'value';
  let at = 0;
  for (;;) {
    const start = skipSpace(text, at);
    const isString = text[start] === '"';
    let mark: string | undefined;
    if (isString) {
      at = stringEnd(text, start);
      if (at < 0) return start;
    } else {
      TOKEN.lastIndex = start;
      const match = TOKEN.exec(text);
      if (!match) return start;
      mark = match[1];
      at = TOKEN.lastIndex;
    }
    const next = follow(expected, mark, isString, open);
    if (next === undefined) return start;
    expected = next;
  }
}

/** What may come after a token, given what was expected before it; undefined if the token is wrong. */
function follow(
  expected: Expected,
  mark: string | undefined,
  isString: boolean,
  open: string[],
): Expected | undefined {
  if (expected.startsWith('key')) {
    if (isString) return ':';
    return mark === '}' && expected === 'key or }' ? close(open, '{') : undefined;
  }
  if (expected === ':') return mark === ':' ? 'value' : undefined;
  if (expected.startsWith('value')) {
    if (mark === '{' || mark === '[') {
      open.push(mark);
      return mark === '{' ? 'key or }' : 'value or ]';
    }
    if (mark === ']' && expected === 'value or ]') return close(open, '[');
    return mark === undefined ? afterValue(open) : undefined;
  }
  if (expected === 'end') return undefined;
  if (mark === ',') return open.at(-1) === '{' ? 'key' : 'value';
  return mark === '}' ? close(open, '{') : mark === ']' ? close(open, '[') : undefined;
}

function close(open: string[], mark: string): Expected | undefined {
  return open.pop() === mark ? afterValue(open) : undefined;
}

function afterValue(open: readonly string[]): Expected {
  return open.length === 0 ? 'end' : ', or end';
}

function skipSpace(text: string, index: number): number {
  let at = index;
  while (' \t\n\r'.includes(text.charAt(at)) && at < text.length) at++;
  return at;
}

/**
 * Finds the end of a JSON string, and that it is one, in a text of any length; a regular expression for the whole string
 * overflows its stack at some ten million characters.
 *
 * @param start index of its opening quote
 * @returns the index behind its closing quote; -1 if it has none or is no JSON string
 */
function stringEnd(text: string, start: number): number {
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
