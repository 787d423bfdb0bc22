import { numberOf } from '../../core/exact-json.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import type { ResultRow } from '../exports/result-row.ts';
import { ROW_KEYS } from '../row/row-keys.ts';

/** Keys that are a row's own and no score, whatever they hold: those of rows, of requests and of prompto's results. */
const OWN_KEYS: ReadonlySet<string> = new Set([
  ...ROW_KEYS,
  ...['custom_id', 'timestamp_sent', 'scores'],
]);

/**
 * The numbers that a record has been given: its own numeric keys, and those of `scores`, whose names have `scores.` in
 * front. True is 1 and false is 0.
 *
 * @param idKey the key by which rows are found, which is no score
 */
export function scoreValues({ input }: ResultRow, idKey: string): [name: string, value: number][] {
  const { scores } = input;
  const inside = isJsonObject(scores) && !JSON.isRawJSON(scores) ? scores : {};
  const isScore = (key: string) => !OWN_KEYS.has(key) && key !== idKey;
  return [
    ...numbersOf(input).filter(([key]) => isScore(key)),
    ...numbersOf(inside).map(([key, value]): [string, number] => [`scores.${key}`, value]),
  ];
}

function numbersOf(object: JsonObject): [key: string, value: number][] {
  return Object.entries(object).flatMap(([key, value]): [string, number][] => {
    const number = asNumber(value);
    return number === null ? [] : [[key, number]];
  });
}

function asNumber(value: JsonValue): number | null {
  if (typeof value === 'boolean') return value ? 1 : 0;
  const number = numberOf(value);
  return number !== null && Number.isFinite(number) ? number : null;
}
