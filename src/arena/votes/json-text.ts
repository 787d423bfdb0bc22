import type { JsonValue } from '../../core/json.ts';

/** Numbers that JSON does not have and Python writes all the same. */
const NOT_JSON = /-?\b(?:NaN|Infinity)\b/g;

/** Parses a text of JSON, taking Python's `NaN` and `Infinity` for null; undefined for anything else. */
export function parseJson(text: string): JsonValue | undefined {
  return parsed(text) ?? (/NaN|Infinity/.test(text) ? parsed(withNulls(text)) : undefined);
}

/** Replaces them outside strings, which are found by one walk along the text. */
function withNulls(text: string): string {
  const parts: string[] = [];
  let start = 0;
  let inString = false;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) {
    if (inString && isEscaped(text, at)) continue;
    const part = text.slice(start, at + 1);
    parts.push(inString ? part : part.replace(NOT_JSON, 'null'));
    start = at + 1;
    inString = !inString;
  }
  parts.push(text.slice(start).replace(NOT_JSON, 'null'));
  return parts.join('');
}

/** Tells whether an odd number of backslashes stands before a place. */
function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text[at - 1 - slashes] === '\\') slashes += 1;
  return slashes % 2 === 1;
}

function parsed(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}
