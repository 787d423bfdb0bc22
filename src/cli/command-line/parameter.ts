import { parseExactJson } from '../../core/exact-json.ts';
import type { JsonObject, JsonValue } from '../../core/json.ts';
import type { Parsed } from './option.ts';

/** One parameter for the provider. */
export type Parameter = readonly [name: string, value: JsonValue];

/** Reads `name=value`: the value is JSON where it parses as JSON, else a string. */
export function parameter(text: string): Parsed<Parameter> {
  const equals = text.indexOf('=');
  const name = text.slice(0, equals).trim();
  if (equals < 0 || name === '') {
    return { problem: 'must be NAME=VALUE, such as temperature=0.2' };
  }
  return { value: [name, readValue(text.slice(equals + 1))] };
}

/** Puts parameters together; of a name that is given twice the last one counts. */
export function parameterObject(parameters: readonly Parameter[]): JsonObject {
  return Object.fromEntries(parameters);
}

function readValue(text: string): JsonValue {
  try {
    return parseExactJson(text);
  } catch {
    return text;
  }
}
