import { isJsonObject, type JsonObject } from '../../core/json.ts';
import { jsonStringEnd } from '../../core/json-string-end.ts';

/** A schema that stands in a system message is not longer. */
const MOST = 200_000;
const WORDS_OF_SCHEMAS = ['type', 'properties', 'items', 'anyOf', 'oneOf', 'allOf', '$ref', 'enum'];

/** Finds the longest JSON Schema that a text holds, where the text speaks of JSON; null if there is none. */
export function schemaInText(text: string): JsonObject | null {
  if (!/\bJSON\b/i.test(text)) return null;
  let longest = '';
  let found: JsonObject | null = null;
  for (const candidate of balanced(text.slice(0, MOST))) {
    if (candidate.length <= longest.length) continue;
    const value = parsed(candidate);
    if (value === undefined) continue;
    longest = candidate;
    found = value;
  }
  return found;
}

/** The outermost texts in braces. */
function* balanced(text: string): Generator<string> {
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const mark = text[at];
    if (mark === '{' && depth++ === 0) start = at;
    else if (mark === '"' && depth > 0) at = jsonStringEnd(text, at) - 1;
    else if (mark === '}' && depth > 0 && --depth === 0) yield text.slice(start, at + 1);
  }
}

function parsed(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isSchema =
      isJsonObject(value) && WORDS_OF_SCHEMAS.some((word) => Object.hasOwn(value, word));
    return isSchema ? value : undefined;
  } catch {
    return undefined;
  }
}
