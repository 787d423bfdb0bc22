import type { FuncKeywordDefinition, SchemaValidateFunction } from 'ajv';
import type { JsonValue } from '../core/json.ts';

/** Says whether no item is there twice; the library looks for the mistake in its property `errors`. */
const areUnique: SchemaValidateFunction = (isAsked: boolean, items: readonly JsonValue[]) => {
  const same = isAsked ? firstRepeat(items) : null;
  if (same === null) return true;
  const message = `must NOT have duplicate items (items ## ${same[0]} and ${same[1]} are identical)`;
  areUnique.errors = [{ keyword: 'uniqueItems', message, params: { i: same[1], j: same[0] } }];
  return false;
};

/** The keyword `uniqueItems` in time in proportion to the list: the library's own compares each item with each. */
export const UNIQUE_ITEMS: FuncKeywordDefinition = {
  keyword: 'uniqueItems',
  type: 'array',
  schemaType: 'boolean',
  errors: true,
  validate: areUnique,
};

/** The places of the first item that was there before, and of that one. */
function firstRepeat(items: readonly JsonValue[]): readonly [number, number] | null {
  const places = new Map<string, number>();
  for (const [at, item] of items.entries()) {
    const text = canonicalText(item);
    const before = places.get(text);
    if (before !== undefined) return [before, at];
    places.set(text, at);
  }
  return null;
}

/** A text that two values have in common exactly when they are equal: the order of keys does not count. */
function canonicalText(value: JsonValue): string {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  const own = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${own.map(([key, one]) => `${JSON.stringify(key)}:${canonicalText(one)}`).join(',')}}`;
}
