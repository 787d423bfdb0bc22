import type { JsonObject, JsonValue } from '../../core/json.ts';

/** From what a row is made. */
export interface MadeRow {
  /** Its own keys: `id`, `prompt` and what says how it was made. */
  readonly own: JsonObject;
  /** The keys of the model that it is for, which come before its own ones. */
  readonly settings: JsonObject;
  /** Further keys, which neither the settings nor the row that it is made of can replace. */
  readonly fixed?: JsonObject;
  /** The row that it is made of: each of its keys gets `input-` in front. */
  readonly source: JsonObject;
}

const PREFIX = 'input-';

/** Writes a row that is made of another one, as a line of JSON. */
export function madeRow({ own, settings, fixed = {}, source }: MadeRow): string {
  const row = new Map<string, JsonValue>();
  for (const keys of [own, settings, fixed]) {
    for (const [key, value] of Object.entries(keys)) row.set(key, value);
  }
  for (const [key, value] of Object.entries(source)) {
    const name = PREFIX + key;
    if (!Object.hasOwn(fixed, name)) row.set(name, value);
  }
  return objectText(row);
}

/** The keys that a made row has from the row that it is made of, as they were there. */
export function sourceOf(made: JsonObject): ReadonlyMap<string, JsonValue> {
  const source = new Map<string, JsonValue>();
  for (const [key, value] of Object.entries(made)) {
    if (key.startsWith(PREFIX)) source.set(key.slice(PREFIX.length), value);
  }
  return source;
}

/** Writes an object in the order of its keys, also of those that look like numbers. */
export function objectText(keys: ReadonlyMap<string, JsonValue>): string {
  const members = [...keys].map(
    ([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`,
  );
  return `{${members.join(',')}}`;
}
