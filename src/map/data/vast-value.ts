import type { JsonValue } from '../../core/json.ts';

/** Values of an answer up to which each may be told to be wrong. */
const MOST_VALUES = 200_000;

/**
 * True for a value with so many values in it that saying what is wrong with each would take all memory.
 *
 * @param json its text, or one that it stands in
 */
export function isVast(value: JsonValue, json: string): boolean {
  // A value takes two characters of its text, with the comma or the bracket behind it.
  return json.length > 2 * MOST_VALUES && countFrom(value, 0) > MOST_VALUES;
}

function countFrom(value: JsonValue, before: number): number {
  let count = before + 1;
  if (typeof value !== 'object' || value === null || JSON.isRawJSON(value)) return count;
  for (const one of Object.values(value)) {
    if (count > MOST_VALUES) break;
    count = countFrom(one, count);
  }
  return count;
}
