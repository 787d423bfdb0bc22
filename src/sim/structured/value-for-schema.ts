import type { Random } from '../../core/clock.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import { numberForSchema } from './number-for-schema.ts';
import { textForSchema } from './text-for-schema.ts';

/** Deeper than this, only what must be there is written. */
const DEEP = 6;
const DEEPEST = 40;
/** Schemas that are looked at for one value: those that refer to themselves have no end, or more parts than there is time. */
const MOST_SCHEMAS = 100_000;
/** Keys that are put together or passed over for one value: wide schemas that are referred to often have as many as they like. */
const MOST_KEYS = 2_000_000;
/** So many characters of a schema's own take as long as a key. */
const CHARACTERS_OF_KEY = 16;
const MOST_ITEMS = 1000;
const TRIES_TO_DIFFER = 20;
const NULL_SHARE = 0.15;
const OPTIONAL_SHARE = 0.7;

interface Place {
  readonly root: JsonObject;
  readonly random: Random;
  readonly depth: number;
  /** Alternatives that were chosen on the way, which are no deeper place. */
  readonly choices: number;
  /** The nearest key above. */
  readonly key: string;
  /** Schemas that may still be looked at, and their keys, wherever. */
  readonly room: { left: number; keys: number };
}

/**
 * Makes a value that fits a JSON Schema, as far as models are given schemas: types, properties, items, enumerations,
 * bounds, usual formats, `anyOf`, `oneOf`, `allOf` and references within. Conditions and `not` are not looked at.
 */
export function valueForSchema(schema: JsonObject, random: Random): JsonValue {
  const room = { left: MOST_SCHEMAS, keys: MOST_KEYS };
  return valueAt(schema, { root: schema, random, depth: 0, choices: 0, key: 'value', room });
}

function valueAt(given: JsonValue | undefined, place: Place): JsonValue {
  const isTooDeep = isSpent(place) || place.depth > DEEPEST || place.choices > DEEPEST;
  if (!isJsonObject(given) || isTooDeep) return given === false ? null : 'anything';
  const schema = resolved(given, place);
  if (schema.const !== undefined) return written(schema.const, place);
  if (Array.isArray(schema.enum) && schema.enum.length > 0) {
    return written(oneOf(schema.enum as readonly JsonValue[], place.random), place);
  }
  const choices = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(choices) && choices.length > 0) {
    const { anyOf: _, oneOf: __, ...rest } = schema;
    const one = merged([rest, chosen(choices as readonly JsonValue[], place)], place);
    return valueAt(one, { ...place, choices: place.choices + 1 });
  }
  return valueOfType(schema, place);
}

/** Counts a schema that is looked at; true where there were too many. */
function isSpent({ room }: Place): boolean {
  return --room.left < 0 || room.keys < 0;
}

/** A value of the schema's own, which may be as long as it likes. */
function written(value: JsonValue, { room }: Place): JsonValue {
  if (room.keys < 0) return 'anything';
  room.keys -= JSON.stringify(value).length / CHARACTERS_OF_KEY;
  return value;
}

function valueOfType(schema: JsonObject, place: Place): JsonValue {
  switch (typeOf(schema, place)) {
    case 'null':
      return null;
    case 'boolean':
      return place.random() < 0.5;
    case 'integer':
      return numberForSchema(schema, true, place.random);
    case 'number':
      return numberForSchema(schema, false, place.random);
    case 'array':
      return listAt(schema, place);
    case 'object':
      return objectAt(schema, place);
    default:
      return textForSchema(schema, place.key, place.random);
  }
}

/** Types in small letters, as Gemini's own schemas write them in capitals. */
function typeOf(schema: JsonObject, { random }: Place): string {
  const { type } = schema;
  if (typeof type === 'string') {
    const isNull = schema.nullable === true && random() < NULL_SHARE;
    return isNull ? 'null' : type.toLowerCase();
  }
  if (Array.isArray(type) && type.length > 0) {
    const others = type.filter((one) => one !== 'null').map(String);
    const isNull = others.length < type.length && random() < NULL_SHARE;
    return isNull || others.length === 0 ? 'null' : oneOf(others, random).toLowerCase();
  }
  if (isJsonObject(schema.properties)) return 'object';
  return schema.items !== undefined || schema.prefixItems !== undefined ? 'array' : 'string';
}

/** One of several schemas: null seldom, and not where it is deep one that needs more. */
function chosen(choices: readonly JsonValue[], { random, depth }: Place): JsonValue {
  const isNull = (one: JsonValue) => isJsonObject(one) && one.type === 'null';
  const nulls = choices.filter(isNull);
  const others = choices.filter((one) => !isNull(one));
  const [ofNull] = nulls;
  if (ofNull !== undefined && (others.length === 0 || depth > DEEP || random() < NULL_SHARE)) {
    return ofNull;
  }
  return depth > DEEP ? (others[0] ?? null) : oneOf(others, random);
}

function listAt(schema: JsonObject, place: Place): JsonValue[] {
  const { random, depth } = place;
  const prefix = Array.isArray(schema.prefixItems) ? schema.prefixItems : [];
  const least = Math.max(sizeOf(schema.minItems) ?? 0, schema.items === false ? 0 : prefix.length);
  const most = Math.min(sizeOf(schema.maxItems) ?? MOST_ITEMS, MOST_ITEMS);
  const wanted = depth > DEEP ? least : Math.max(least, 1 + Math.floor(random() * 3));
  const count = schema.items === false ? prefix.length : Math.min(wanted, most);
  const list: JsonValue[] = [];
  const texts = new Set<string>();
  for (let index = 0; index < count && place.room.left > 0; index++) {
    const inner = { ...place, depth: depth + 1 };
    const item = prefix[index] ?? schema.items;
    let value = valueAt(item ?? {}, inner);
    for (let tries = 0; schema.uniqueItems && tries < TRIES_TO_DIFFER; tries++) {
      if (!texts.has(JSON.stringify(value))) break;
      value = valueAt(item ?? {}, inner);
    }
    if (schema.uniqueItems) texts.add(JSON.stringify(value));
    list.push(value);
  }
  return list;
}

function objectAt(schema: JsonObject, place: Place): JsonValue {
  const { random, depth } = place;
  const properties = isJsonObject(schema.properties) ? schema.properties : {};
  const required = new Set(Array.isArray(schema.required) ? schema.required.map(String) : []);
  const keys = new Set([...Object.keys(properties), ...required]);
  const entries: [string, JsonValue][] = [];
  for (const key of keys) {
    place.room.keys -= 1 + key.length / CHARACTERS_OF_KEY;
    if (place.room.keys < 0) break;
    const isLeftOut = !required.has(key) && (depth > DEEP || random() >= OPTIONAL_SHARE);
    if (isLeftOut) continue;
    const inner = Object.hasOwn(properties, key) ? properties[key] : {};
    entries.push([key, valueAt(inner, { ...place, depth: depth + 1, key })]);
  }
  const others = schema.additionalProperties;
  const least = Math.max(sizeOf(schema.minProperties) ?? 0, keys.size === 0 ? 1 : 0);
  for (let number = 1; isJsonObject(others) && entries.length < least; number++) {
    const key = `key_${number}`;
    entries.push([key, valueAt(others, { ...place, depth: depth + 1, key })]);
  }
  // A key named __proto__ is one like any other here.
  return Object.fromEntries(entries);
}

/** Follows references and puts the parts of `allOf` together. */
function resolved(given: JsonObject, place: Place, nested = 0): JsonObject {
  if (nested > DEEPEST || isSpent(place)) return {};
  let schema = given;
  for (let steps = 0; typeof schema.$ref === 'string' && steps < DEEPEST; steps++) {
    const { $ref, ...rest } = schema;
    place.room.keys -= ($ref as string).length / CHARACTERS_OF_KEY;
    const target = pointed(place.root, $ref as string);
    schema = merged([rest, target], place);
  }
  if (!Array.isArray(schema.allOf)) return schema;
  const { allOf, ...rest } = schema;
  const parts = (allOf as readonly JsonValue[]).map((part) =>
    isJsonObject(part) ? resolved(part, place, nested + 1) : {},
  );
  return merged([rest, ...parts], place);
}

/** Puts schemas together, all at once: two by two, many would be copied again and again. */
function merged(schemas: readonly JsonValue[], { room }: Place): JsonObject {
  const all = new Map<string, JsonValue>();
  const properties = new Map<string, JsonValue>();
  const required = new Set<JsonValue>();
  for (const schema of schemas) {
    if (!isJsonObject(schema)) continue;
    const own = Object.entries(objectOf(schema.properties));
    const needed = listOf(schema.required);
    for (const [key, value] of Object.entries(schema)) all.set(key, value);
    for (const [key, value] of own) properties.set(key, value);
    for (const key of needed) required.add(key);
    room.keys -= own.length + needed.length;
    if (room.keys < 0) break;
  }
  if (properties.size > 0) all.set('properties', Object.fromEntries(properties));
  if (required.size > 0) all.set('required', [...required]);
  return Object.fromEntries(all);
}

function pointed(root: JsonObject, reference: string): JsonValue {
  let value: JsonValue | undefined = root;
  for (const part of reference.replace(/^#\/?/, '').split('/')) {
    if (part === '') continue;
    const key = decoded(part).replaceAll('~1', '/').replaceAll('~0', '~');
    if (!isJsonObject(value) || !Object.hasOwn(value, key)) return {};
    value = value[key];
  }
  return value ?? {};
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function objectOf(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [];
}

function sizeOf(value: JsonValue | undefined): number | undefined {
  return typeof value === 'number' && value >= 0 ? Math.floor(value) : undefined;
}

function oneOf<Value>(values: readonly Value[], random: Random): Value {
  return values[Math.floor(random() * values.length)] as Value;
}
