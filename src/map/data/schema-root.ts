import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import { valueAtPointer } from '../../core/json-pointer.ts';

/** What a schema says of the values that rows are made of. */
export interface SchemaRoot {
  /** True: a list of objects; false: one object. */
  readonly isList: boolean;
  /** The keys that it names for an object, in order. */
  readonly columns: readonly string[];
}

const PARTS = ['allOf', 'anyOf', 'oneOf'] as const;
const BRANCHES = ['then', 'else'] as const;
const DEFINITIONS = ['$defs', 'definitions'] as const;
/** Keywords whose values are data, not schemas. */
const DATA = new Set(['const', 'default', 'enum', 'examples', 'example']);
const MOST_STEPS = 1_000;

/**
 * Says whether a schema allows an object or a list of objects, and with which keys: references within it are followed,
 * and alternatives taken together.
 *
 * @returns what is wrong where it allows neither, or both
 */
export function readRoot(schema: JsonObject): SchemaRoot | { readonly problem: string } {
  const kinds = new Set(
    partsOf(schema, schema)
      .map(kindOf)
      .filter((kind) => kind !== null),
  );
  if (kinds.has('other') || kinds.size > 1) {
    return { problem: 'the root of the schema is neither an object nor a list of objects' };
  }
  const isList = kinds.has('array');
  const items = isList ? partsOf(schema, schema).flatMap(itemsOf) : [schema];
  const objects = items.flatMap((item) => partsOf(item, schema));
  const wrong = objects.map(kindOf).some((kind) => kind !== null && kind !== 'object');
  if (wrong) return { problem: 'the list at the root of the schema is none of objects' };
  const columns = [...new Set(objects.flatMap(namesOf))];
  if (columns.includes('__proto__')) return { problem: 'no column can be called "__proto__"' };
  return { isList, columns };
}

/** A schema whose root is an object: one of another root travels as the key `rows` of one. */
export function wireSchema(schema: JsonObject, { isList }: SchemaRoot): JsonObject {
  if (!isList) return schema;
  const { $schema, ...own } = schema;
  const definitions = DEFINITIONS.filter((name) => Object.hasOwn(own, name));
  const rows = Object.fromEntries(
    Object.entries(own).filter(([key]) => !definitions.some((name) => name === key)),
  );
  return {
    ...($schema !== undefined && { $schema }),
    type: 'object',
    properties: { rows: moved(rows) },
    required: ['rows'],
    additionalProperties: false,
    ...Object.fromEntries(definitions.map((name) => [name, moved(own[name]!)])),
  };
}

/** References to other places than definitions follow what they name to where it is now. */
function moved(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(moved);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => {
      if (key === '$ref' && typeof one === 'string') return [key, movedReference(one)];
      return [key, DATA.has(key) ? one : moved(one)];
    }),
  );
}

function movedReference(reference: string): string {
  const isOfDefinition = DEFINITIONS.some((name) => reference.startsWith(`#/${name}/`));
  if (isOfDefinition || (reference !== '#' && !reference.startsWith('#/'))) return reference;
  return `#/properties/rows${reference.slice(1)}`;
}

/** A schema with all that it refers to and consists of. */
function partsOf(schema: JsonValue, whole: JsonObject): JsonObject[] {
  const parts = new Set<JsonValue>([schema]);
  // A set takes what is added while it is gone through.
  for (const part of parts) {
    if (!isJsonObject(part) || parts.size > MOST_STEPS) continue;
    if (typeof part.$ref === 'string') parts.add(valueAtPointer(part.$ref, whole) ?? true);
    for (const key of PARTS) {
      const alternatives = part[key];
      if (Array.isArray(alternatives)) for (const one of alternatives) parts.add(one);
    }
    for (const key of BRANCHES) if (part[key] !== undefined) parts.add(part[key]);
  }
  return [...parts].filter(isJsonObject);
}

/** What a part of a schema allows by itself; null where it does not say. */
function kindOf(part: JsonObject): 'object' | 'array' | 'other' | null {
  const types = typeof part.type === 'string' ? [part.type] : part.type;
  if (Array.isArray(types)) {
    const kinds = types.filter((type) => type !== 'null');
    if (kinds.length !== 1) return 'other';
    return kinds[0] === 'object' || kinds[0] === 'array' ? kinds[0] : 'other';
  }
  if (part.properties !== undefined || part.additionalProperties !== undefined) return 'object';
  return part.items !== undefined || part.prefixItems !== undefined ? 'array' : null;
}

function itemsOf({ items, prefixItems }: JsonObject): JsonValue[] {
  return [prefixItems, items].flatMap((one) => (Array.isArray(one) ? one : [one ?? true]));
}

function namesOf({ properties }: JsonObject): string[] {
  return isJsonObject(properties) ? Object.keys(properties) : [];
}
