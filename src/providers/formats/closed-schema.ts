import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import { nullable, typeOfValues } from './nullable-schema.ts';
import { definitionAt, holdsItself } from './schema-references.ts';

/** What of JSON Schema an API holds answers to, where it holds them to a schema at all. */
export interface SchemaSubset {
  /** Keywords besides those of the structure that it knows; what is not here is told in the description. */
  readonly bounds: ReadonlySet<string>;
  /** The `format`s that it knows. */
  readonly formats: ReadonlySet<string>;
  /** True: every key has to be required, so that those which are not may be null. */
  readonly allRequired: boolean;
  /** Whether a schema may hold itself. */
  readonly recursive: boolean;
  /** Most levels of schemas within schemas. */
  readonly maxDepth: number;
  /** Most keys in all. */
  readonly maxKeys: number;
  /** Most keys in all that are not required. */
  readonly maxOptional: number;
  /** Most values of all `enum`s. */
  readonly maxValues: number;
}

/** Keywords that name no rule: they go as they are, or say nothing to a model. */
const KEPT = new Set(['title', 'description', 'type']);
const DROPPED = new Set(['$schema', '$id', '$comment', 'default', 'examples', 'deprecated']);
/** Structures that no such subset has, and without which the schema would say something else. */
const OPEN = ['patternProperties', 'prefixItems', '$dynamicRef', '$recursiveRef', '$anchor'];
const DEFINITIONS = ['$defs', 'definitions'] as const;
const LOCAL = /^#(?:\/(?:\$defs|definitions)\/[^/]+)?$/;

/**
 * Writes a schema as APIs want it that hold answers to one: objects closed, keys required, and what they do not know in
 * the descriptions, where the model reads it. It admits no more keys than the given one; bounds are weaker, so that the
 * answer is to be checked by the given one.
 *
 * @returns null for a schema that cannot be so: maps with any key, references that lead outside, too large ones.
 */
export function closedSchema(schema: JsonObject, subset: SchemaSubset): JsonObject | null {
  const closer = new SchemaCloser(schema, subset);
  try {
    const closed = closer.close(schema, 0);
    const isLoop = !subset.recursive && holdsItself(closed);
    return closed.type === 'object' && !isLoop ? closed : null;
  } catch (error) {
    if (error === CANNOT) return null;
    throw error;
  }
}

/** Thrown and caught here: the schema cannot be so. */
const CANNOT = new Error('the schema is open');

class SchemaCloser {
  readonly #root: JsonObject;
  readonly #subset: SchemaSubset;
  #keys = 0;
  #optional = 0;
  #values = 0;

  constructor(root: JsonObject, subset: SchemaSubset) {
    this.#root = root;
    this.#subset = subset;
  }

  close(value: JsonValue | undefined, depth: number): JsonObject {
    if (!isJsonObject(value) || depth > this.#subset.maxDepth) throw CANNOT;
    if (OPEN.some((key) => value[key] !== undefined)) throw CANNOT;
    if (value.$ref !== undefined) return this.#reference(value);
    const only = onlyPart(value);
    if (only !== null) return this.close(only, depth + 1);
    const closed = this.#known(value, depth);
    return described(closed, this.#unknown(value));
  }

  /** What the API knows, closed. */
  #known(value: JsonObject, depth: number): JsonObject {
    const type = value.type ?? typeOfValues(value);
    const parts = value.anyOf ?? value.oneOf;
    if (type === undefined && parts === undefined) throw CANNOT;
    const closed: [string, JsonValue][] = type === undefined ? [] : [['type', type]];
    for (const [key, rule] of Object.entries(value)) {
      if (key === 'type' || DROPPED.has(key)) continue;
      if (key === 'enum') closed.push([key, this.#enum(rule)]);
      else if (KEPT.has(key) || key === 'const' || this.#isKnownBound(key, rule)) {
        closed.push([key, rule]);
      } else if (DEFINITIONS.includes(key as '$defs')) {
        closed.push([key, this.#definitions(rule, depth)]);
      }
    }
    if (parts !== undefined) closed.push(['anyOf', this.#parts(parts, depth)]);
    if (has(type, 'array')) closed.push(['items', this.close(value.items, depth + 1)]);
    if (has(type, 'object')) closed.push(...this.#object(value, depth));
    return Object.fromEntries(closed);
  }

  #isKnownBound(key: string, rule: JsonValue): boolean {
    const { bounds, formats } = this.#subset;
    if (key === 'format') return formats.has(String(rule));
    // Look-arounds and back references are known to none of them.
    if (key === 'pattern') return bounds.has(key) && !/\(\?|\\[1-9k]/.test(String(rule));
    if (key === 'minItems') return bounds.has(key) || rule === 0 || rule === 1;
    return bounds.has(key);
  }

  /** The rules that the API does not know. */
  #unknown(value: JsonObject): [string, JsonValue][] {
    return Object.entries(value).filter(
      ([key, rule]) =>
        !STRUCTURE.has(key) &&
        !KEPT.has(key) &&
        !DROPPED.has(key) &&
        !this.#isKnownBound(key, rule),
    );
  }

  #enum(values: JsonValue): JsonValue {
    if (!Array.isArray(values)) throw CANNOT;
    this.#values += values.length;
    const isSimple = values.every((one) => typeof one !== 'object' || one === null);
    if (!isSimple || this.#values > this.#subset.maxValues) throw CANNOT;
    return values;
  }

  #parts(parts: JsonValue, depth: number): readonly JsonObject[] {
    if (!Array.isArray(parts) || parts.length === 0) throw CANNOT;
    return parts.map((part) => this.close(part, depth + 1));
  }

  #definitions(definitions: JsonValue, depth: number): JsonObject {
    if (!isJsonObject(definitions)) throw CANNOT;
    return Object.fromEntries(
      Object.entries(definitions).map(([name, one]) => [name, this.close(one, depth + 1)]),
    );
  }

  #object(value: JsonObject, depth: number): [string, JsonValue][] {
    const { properties = {}, additionalProperties: others, required } = value;
    const isMap = others !== undefined && others !== false;
    if (!isJsonObject(properties) || isMap) throw CANNOT;
    const names = Object.keys(properties);
    if (names.length === 0 && others !== false) throw CANNOT;
    const needed = new Set(Array.isArray(required) ? required : []);
    // A key that is required and not described may be anything.
    if (![...needed].every((name) => Object.hasOwn(properties, String(name)))) throw CANNOT;
    const optional = names.filter((name) => !needed.has(name));
    this.#keys += names.length;
    this.#optional += optional.length;
    const { maxKeys, maxOptional, allRequired } = this.#subset;
    if (this.#keys > maxKeys || this.#optional > maxOptional) throw CANNOT;
    const closed = names.map((name): [string, JsonObject] => {
      const one = this.close(properties[name], depth + 1);
      return [name, allRequired && !needed.has(name) ? nullable(one) : one];
    });
    return [
      ['properties', Object.fromEntries(closed)],
      ['required', allRequired ? names : names.filter((name) => needed.has(name))],
      ['additionalProperties', false],
    ];
  }

  /** A reference alone: beside it nothing may stand. What it leads to is closed where it stands. */
  #reference({ $ref: reference }: JsonObject): JsonObject {
    if (typeof reference !== 'string' || !LOCAL.test(reference)) throw CANNOT;
    if (reference !== '#' && definitionAt(this.#root, reference) === undefined) throw CANNOT;
    return { $ref: reference };
  }
}

/** Keywords whose rules are part of the structure. */
const STRUCTURE = new Set([
  ...DEFINITIONS,
  ...['anyOf', 'oneOf', 'items', 'properties', 'required', 'additionalProperties'],
  ...['enum', 'const', '$ref'],
]);

/** The one part of an `allOf` that stands alone, as some programs write a reference with a description; else null. */
function onlyPart(value: JsonObject): JsonObject | null {
  const { allOf: parts, ...others } = value;
  if (parts === undefined) return null;
  const isAlone = Object.keys(others).every((key) => DROPPED.has(key) || KEPT.has(key));
  if (!Array.isArray(parts) || parts.length !== 1 || !isAlone) throw CANNOT;
  return isJsonObject(parts[0]) ? parts[0] : null;
}

function has(type: JsonValue | undefined, word: string): boolean {
  return type === word || (Array.isArray(type) && type.includes(word));
}

/** Puts rules that an API does not know into the description. */
function described(schema: JsonObject, rules: readonly [string, JsonValue][]): JsonObject {
  if (rules.length === 0) return schema;
  const words = rules.map(([key, rule]) => `${key}: ${JSON.stringify(rule)}`).join(', ');
  const { description } = schema;
  const before = typeof description === 'string' && description !== '' ? `${description}\n` : '';
  return { ...schema, description: `${before}(${words})` };
}
