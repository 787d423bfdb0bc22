import type { JsonObject } from '../../core/json.ts';
import type { NamedSchema } from '../../core/structured-output.ts';
import type { SchemaFields } from '../schema-fields.ts';
import { closedSchema, type SchemaSubset } from './closed-schema.ts';

/** What OpenAI holds answers to with `strict`. */
const OPENAI: SchemaSubset = {
  bounds: new Set([
    ...['multipleOf', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'],
    ...['minItems', 'maxItems', 'pattern'],
  ]),
  formats: new Set([
    ...['date-time', 'time', 'date', 'duration', 'email', 'hostname', 'ipv4', 'ipv6', 'uuid'],
  ]),
  allRequired: true,
  recursive: true,
  maxDepth: 10,
  maxKeys: 5_000,
  maxOptional: Number.POSITIVE_INFINITY,
  maxValues: 1_000,
};
/** The same models at Azure: bounds are refused there. */
const AZURE: SchemaSubset = { ...OPENAI, bounds: new Set(), formats: new Set() };

/** How a schema is written, and whether the server is to hold the answer to it. */
type SchemaWriter = (schema: JsonObject) => {
  readonly schema: JsonObject;
  readonly strict?: boolean;
};

/** Strict wherever the schema can be so, else as it is. */
function strictWhereItCan(subset: SchemaSubset): SchemaWriter {
  return (schema) => {
    const closed = closedSchema(schema, subset);
    return closed === null ? { schema, strict: false } : { schema: closed, strict: true };
  };
}

/** As it is: what servers of all kinds know of schemas is not known. Strict where that changes nothing of it. */
const asItIs: SchemaWriter = (schema) => {
  const closed = closedSchema(schema, OPENAI);
  return { schema, strict: closed !== null && isSame(closed, schema) };
};

function isSame(left: JsonObject, right: JsonObject): boolean {
  return sortedText(left) === sortedText(right);
}

/** JSON with keys in order. */
function sortedText(value: JsonObject): string {
  return JSON.stringify(value, (_, one) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([left], [right]) => (left < right ? -1 : 1)))
      : one,
  );
}

/** Names in OpenAI's API: letters, digits, `_` and `-`, at most 64. */
function nameOf({ name }: NamedSchema): string {
  return name.replace(/[^a-zA-Z0-9_-]/g, '_').slice(0, 64) || 'answer';
}

/** Chat Completions: `response_format`. */
function responseFormat(write: SchemaWriter): SchemaFields['parameters'] {
  return (schema, level) => ({
    response_format:
      level === 'json_object'
        ? { type: 'json_object' }
        : {
            type: 'json_schema',
            json_schema: { name: nameOf(schema), ...write(schema.schema) },
          },
  });
}

/** OpenAI says of a model that it does not know the type; a schema that it finds wrong is the user's to see. */
const NOT_SUPPORTED =
  /\b(?:response_format|text\.format)\b.{0,120}\b(?:not supported|unsupported|not available|only available)\b/i;

/** The parameters with which a user says the same. */
export const RESPONSE_FORMAT = {
  levels: ['json_schema', 'json_object', 'prompt'],
  parameters: ['response_format'],
} as const;

/** OpenAI's Chat Completions. */
export const OPENAI_SCHEMA: SchemaFields = {
  parameters: responseFormat(strictWhereItCan(OPENAI)),
  refusal: NOT_SUPPORTED,
};

/** OpenAI's models at Azure. */
export const AZURE_SCHEMA: SchemaFields = {
  parameters: responseFormat(strictWhereItCan(AZURE)),
  refusal: NOT_SUPPORTED,
};

/** Mistral: never strict. */
export const MISTRAL_SCHEMA: SchemaFields = {
  parameters: responseFormat((schema) => ({ schema, strict: false })),
  refusal: /\bresponse_format\b|\bjson_schema\b|\bstructured output/i,
};

/** Servers that copy OpenAI's. */
export const COMPATIBLE_SCHEMA: SchemaFields = {
  parameters: responseFormat(asItIs),
  refusal: /\bresponse_?format\b|\bjson[_-]?schema\b|\bjson_object\b/i,
};

/** OpenAI's Responses API: `text.format`. */
export const RESPONSES_SCHEMA: SchemaFields = {
  parameters: (schema, level) => ({
    text: {
      format:
        level === 'json_object'
          ? { type: 'json_object' }
          : {
              type: 'json_schema',
              name: nameOf(schema),
              ...strictWhereItCan(OPENAI)(schema.schema),
            },
    },
  }),
  refusal: NOT_SUPPORTED,
};
