import { renameTopLevelKeys } from './top-level-keys.ts';

/** The keys that a record adds to its row. */
const OWN_KEYS = new Set(['answer', 'response']);

/** Only a text that matches can hold one of these keys, spelt out or with escapes. */
const MAY_HOLD_OWN_KEY = /"answer"|"response"|\\u00/;

/**
 * Makes the text of a record: the row byte for byte, with the response and the answer behind its
 * last key. Keys of the row named `answer` and `response` become `input-answer` and
 * `input-response`, with further `input-` in front while that name is taken too.
 *
 * @param row the JSON text of an object.
 * @param addition `,"response":…,"answer":…}`, the closing brace included.
 */
export function recordText(row: string, addition: string): string {
  const text = MAY_HOLD_OWN_KEY.test(row) ? renameTopLevelKeys(row, inputKey) : row;
  return withAddition(text, addition);
}

/** Puts `,"key":…}` behind the last key of a JSON object. */
export function withAddition(object: string, addition: string): string {
  const start = object.slice(0, object.lastIndexOf('}')).trimEnd();
  return start.endsWith('{') ? start + addition.slice(1) : start + addition;
}

function inputKey(key: string, all: ReadonlySet<string>): string {
  return OWN_KEYS.has(key) ? freeInputKey(key, all) : key;
}

/** The name under which a key of the row is carried: `input-KEY`, with further `input-` while that is taken. */
export function freeInputKey(key: string, all: ReadonlySet<string>): string {
  let name = `input-${key}`;
  while (all.has(name)) name = `input-${name}`;
  return name;
}
