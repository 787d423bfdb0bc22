import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import { Refusal } from '../vendors/refusal.ts';
import type { AskedFormat } from './asked-format.ts';
import { missing, wrong } from './read-body.ts';

const NAME = /^[a-zA-Z0-9_-]{1,64}$/;

/**
 * Reads `response_format` of chat completions, or `text.format` of responses, and refuses what OpenAI refuses: a schema
 * without a name, one that is not strict where `strict` says so, and `json_object` where no message says JSON.
 */
export function readOpenaiFormat(
  given: JsonValue | undefined,
  parameter: string,
  texts: readonly string[],
): AskedFormat | null {
  if (!isJsonObject(given)) return null;
  if (given.type === 'json_object') {
    if (texts.some((text) => /json/i.test(text))) return { level: 'json_object', schema: null };
    const must = `'messages' must contain the word 'json' in some form, to use '${parameter}' of type 'json_object'.`;
    throw new Refusal('bad_request', must, { parameter: 'messages' });
  }
  if (given.type !== 'json_schema') return null;
  const inside = parameter === 'response_format' ? given.json_schema : given;
  const place = parameter === 'response_format' ? `${parameter}.json_schema` : parameter;
  if (!isJsonObject(inside)) throw missing(place);
  if (typeof inside.name !== 'string') throw missing(`${place}.name`);
  if (!NAME.test(inside.name)) throw wrong(`${place}.name`, `must match ${NAME.source}`);
  const schema = inside.schema ?? {};
  if (!isJsonObject(schema)) throw wrong(`${place}.schema`, 'must be an object');
  if (inside.strict === true) checkStrict(schema, inside.name, parameter, []);
  return { level: 'json_schema', schema };
}

/** What a strict schema may not be, in the words of the vendor. */
function checkStrict(
  schema: JsonObject,
  name: string,
  parameter: string,
  path: readonly string[],
): void {
  const refuse = (what: string) => {
    const context = `In context=(${path.map((part) => `'${part}'`).join(', ')}), ${what}`;
    throw new Refusal('bad_request', `Invalid schema for ${parameter} '${name}': ${context}`, {
      parameter,
      innerCode: 'invalid_json_schema',
    });
  };
  if (path.length === 0 && schema.type !== 'object') {
    refuse(`schema must have type 'object' and not 'type: "${String(schema.type ?? 'None')}"'.`);
  }
  const { properties } = schema;
  if (schema.type === 'object' || properties !== undefined) {
    if (schema.additionalProperties !== false) {
      refuse("'additionalProperties' is required to be supplied and to be false.");
    }
    const required = Array.isArray(schema.required) ? schema.required : [];
    const names = isJsonObject(properties) ? Object.keys(properties) : [];
    const left = names.find((key) => !required.includes(key));
    if (left !== undefined) {
      refuse(
        `'required' is required to be supplied and to be an array including every key in properties. Missing '${left}'.`,
      );
    }
  }
  for (const [inner, at] of innerSchemas(schema)) {
    checkStrict(inner, name, parameter, [...path, ...at]);
  }
}

/** Words of a schema that Anthropic takes no number for. */
const BOUNDS =
  'minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength maxItems'.split(
    ' ',
  );

/** Reads what is asked of Anthropic: `output_config.format`, or a tool that `tool_choice` names. */
export function readAnthropicFormat(body: JsonObject): AskedFormat | null {
  const config = body.output_config;
  const format = isJsonObject(config) ? config.format : undefined;
  if (isJsonObject(format)) {
    if (format.type !== 'json_schema') throw wrong('output_config.format.type', 'is not known');
    if (!isJsonObject(format.schema)) throw missing('output_config.format.schema');
    checkForAnthropic(format.schema);
    return { level: 'json_schema', schema: format.schema };
  }
  const choice = body.tool_choice;
  if (!isJsonObject(choice) || choice.type !== 'tool') return null;
  const tools = Array.isArray(body.tools) ? body.tools.filter(isJsonObject) : [];
  const tool = tools.find(({ name }) => name === choice.name);
  if (tool === undefined) throw wrong('tool_choice.name', 'must be the name of a tool');
  const schema = isJsonObject(tool.input_schema) ? tool.input_schema : null;
  if (schema?.type !== 'object') throw wrong('tools.0.input_schema.type', "must be 'object'");
  return { level: 'tool', schema, tool: String(tool.name) };
}

function checkForAnthropic(schema: JsonObject): void {
  const refuse = (what: string) => {
    throw new Refusal('bad_request', `output_config.format.schema: ${what}`);
  };
  const type = String(schema.type ?? 'object');
  const bound = BOUNDS.find((word) => schema[word] !== undefined);
  if (bound !== undefined) refuse(`For '${type}' type, property '${bound}' is not supported`);
  if (schema.properties !== undefined && schema.additionalProperties !== false) {
    refuse("For 'object' type, 'additionalProperties' must be explicitly set to false");
  }
  for (const [inner] of innerSchemas(schema)) checkForAnthropic(inner);
}

/** Reads what is asked of Gemini in `generationConfig`. */
export function readGeminiFormat(config: JsonObject): AskedFormat | null {
  const schema =
    config.responseJsonSchema ?? config.response_json_schema ?? config.responseSchema ?? null;
  const type = config.responseMimeType ?? config.response_mime_type;
  if (type !== 'application/json') {
    if (schema === null) return null;
    throw new Refusal(
      'bad_request',
      '* GenerateContentRequest.generation_config.response_mime_type: response_json_schema is only supported when response_mime_type is "application/json"',
    );
  }
  if (schema === null) return { level: 'json_object', schema: null };
  if (!isJsonObject(schema))
    throw wrong('generation_config.response_json_schema', 'must be an object');
  return { level: 'json_schema', schema };
}

/** Reads what is asked of Ollama in `format`. */
export function readOllamaFormat(given: JsonValue | undefined): AskedFormat | null {
  if (given === undefined || given === null || given === '') return null;
  if (given === 'json') return { level: 'json_object', schema: null };
  if (isJsonObject(given)) return { level: 'json_schema', schema: given };
  throw new Refusal('bad_request', 'invalid format: must be "json" or a JSON Schema object');
}

function* innerSchemas(schema: JsonObject): Generator<[JsonObject, string[]]> {
  for (const word of ['properties', '$defs', 'definitions']) {
    const inner = schema[word];
    if (!isJsonObject(inner)) continue;
    for (const [key, value] of Object.entries(inner)) {
      if (isJsonObject(value)) yield [value, [word, key]];
    }
  }
  if (isJsonObject(schema.items)) yield [schema.items, ['items']];
  for (const word of ['anyOf', 'oneOf', 'allOf']) {
    const inner = schema[word];
    if (!Array.isArray(inner)) continue;
    for (const [index, value] of inner.entries()) {
      if (isJsonObject(value)) yield [value, [word, String(index)]];
    }
  }
}

/** The seed that a request names, as text; null without one. */
export function readSeed(value: JsonValue | undefined): string | null {
  return value === undefined || value === null ? null : `seed ${JSON.stringify(value)}`;
}
