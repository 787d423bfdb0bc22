import type { JsonObject, JsonValue } from '../../core/json.ts';

/** The same schema, which takes null, too. */
export function nullable(schema: JsonObject): JsonObject {
  const { type, enum: values, const: only } = schema;
  const isPlain = type !== undefined && only === undefined && schema.anyOf === undefined;
  if (!isPlain) return takesNull(schema) ? schema : { anyOf: [schema, { type: 'null' }] };
  const types: readonly JsonValue[] = Array.isArray(type) ? type : [type];
  return {
    ...schema,
    type: types.includes('null') ? type : [...types, 'null'],
    ...(Array.isArray(values) && !values.includes(null) && { enum: [...values, null] }),
  };
}

function takesNull({ anyOf: parts }: JsonObject): boolean {
  return Array.isArray(parts) && parts.some((part) => (part as JsonObject | null)?.type === 'null');
}

/** The type of a schema that says only which values there are: of `enum`, or of `const`; undefined without them. */
export function typeOfValues({ enum: values, const: only }: JsonObject): JsonValue | undefined {
  const all = Array.isArray(values) ? values : only === undefined ? [] : [only];
  const types = [...new Set(all.map(typeOf))];
  return types.length > 1 ? types : types[0];
}

function typeOf(value: JsonValue): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value;
}
