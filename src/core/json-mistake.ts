import { isNestedTooDeeply } from './json-depth.ts';

/** What may stand at a place of a JSON text. */
type Expected =
  | 'value'
  | 'value or end'
  | 'name'
  | 'name or end'
  | 'colon'
  | 'comma or end'
  | 'nothing';

const SPACE = /[ \t\r\n]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\d.eE+-])/y;
const WORD = /true|false|null/y;
/** As far as a text is right; a closing quotation mark behind it makes it whole. */
const TEXT = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*/y;

/**
 * Finds where a text that is no JSON goes wrong: the index of the first character that cannot stand there, or its length
 * where something is lacking behind it; null where it is JSON, or nested more than 1,000 deep. Takes linear time.
 */
export function jsonMistake(text: string): number | null {
  if (isNestedTooDeeply(text)) return null;
  const open: ('{' | '[')[] = [];
  let expected: Expected = 'value';
  let at = 0;
  const matched = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    if (!pattern.test(text)) return false;
    at = pattern.lastIndex;
    return true;
  };
  const afterValue = (): Expected => (open.length === 0 ? 'nothing' : 'comma or end');
  while (true) {
    matched(SPACE);
    const char = text[at];
    if (char === undefined) return expected === 'nothing' ? null : at;
    if (char === '"' && (expected.startsWith('value') || expected.startsWith('name'))) {
      matched(TEXT);
      if (text[at] !== '"') return at;
      at++;
      expected = expected.startsWith('name') ? 'colon' : afterValue();
    } else if (expected.startsWith('value') && (char === '{' || char === '[')) {
      open.push(char);
      at++;
      expected = char === '{' ? 'name or end' : 'value or end';
    } else if (expected.startsWith('value') && (matched(NUMBER) || matched(WORD))) {
      expected = afterValue();
    } else if (expected.endsWith('or end') && char === (open.at(-1) === '{' ? '}' : ']')) {
      open.pop();
      at++;
      expected = afterValue();
    } else if (expected === 'comma or end' && char === ',') {
      at++;
      expected = open.at(-1) === '{' ? 'name' : 'value';
    } else if (expected === 'colon' && char === ':') {
      at++;
      expected = 'value';
    } else return at;
  }
}
