import type { JsonValue } from '../../core/json.ts';
import { isNestedTooDeeply } from '../../core/json-depth.ts';
import { jsonStringEnd } from '../../core/json-string-end.ts';

/** Numbers that JSON does not have and Python writes all the same. */
const NOT_JSON = /-?\b(?:NaN|Infinity)\b/g;

/**
 * Parses a text of JSON, taking Python's `NaN` and `Infinity` for null; undefined for anything else,
 * and for what is nested too deeply.
 */
export function parseJson(text: string): JsonValue | undefined {
  return parsed(text) ?? (/NaN|Infinity/.test(text) ? parsed(withNulls(text)) : undefined);
}

/** Replaces them outside strings, which are found by one walk along the text. */
function withNulls(text: string): string {
  const parts: string[] = [];
  let end = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', end)) {
    parts.push(text.slice(end, at).replace(NOT_JSON, 'null'));
    end = jsonStringEnd(text, at);
    parts.push(text.slice(at, end));
  }
  parts.push(text.slice(end).replace(NOT_JSON, 'null'));
  return parts.join('');
}

function parsed(text: string): JsonValue | undefined {
  if (isNestedTooDeeply(text)) return undefined;
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}
