import { isJsonObject, type JsonValue } from '../../core/json.ts';

/** Keys that are looked for; more are no answer to what is asked of a row. */
const MOST_KEYS = 100;

const COLON = /["'`’”]?\s{0,100}:/y;

/**
 * Finds a key that a repair made of a part of a text: `{'sum': '13'08.45'}` gets the keys `sum` and `08.45`, and what is left
 * of the sum is wrong. What a model wrote as a key has a colon behind it.
 *
 * @param json the text before it was repaired
 */
export function inventedKey(value: JsonValue, json: string): string | undefined {
  return [...keysOf(value)].find((key) => !isKeyIn(json, key));
}

function keysOf(value: JsonValue, keys = new Set<string>()): ReadonlySet<string> {
  if (typeof value !== 'object' || value === null || keys.size >= MOST_KEYS) return keys;
  if (isJsonObject(value)) for (const key of Object.keys(value)) keys.add(key);
  for (const one of Object.values(value)) keysOf(one, keys);
  return keys;
}

function isKeyIn(json: string, key: string): boolean {
  // One that is written with escapes stands there in another way.
  if (key === '' || JSON.stringify(key) !== `"${key}"`) return true;
  for (let at = json.indexOf(key); at >= 0; at = json.indexOf(key, at + 1)) {
    COLON.lastIndex = at + key.length;
    if (COLON.test(json)) return true;
  }
  return false;
}
