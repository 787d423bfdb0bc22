import type { JsonValue } from '../../core/json.ts';

/** Numbers that JSON does not have and Python writes all the same. */
const NOT_JSON = /"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g;

/** Parses a text of JSON, taking Python's `NaN` and `Infinity` for null; undefined for anything else. */
export function parseJson(text: string): JsonValue | undefined {
  return parsed(text) ?? (/NaN|Infinity/.test(text) ? parsed(withNulls(text)) : undefined);
}

function withNulls(text: string): string {
  return text.replace(NOT_JSON, (found) => (found.startsWith('"') ? found : 'null'));
}

function parsed(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}
