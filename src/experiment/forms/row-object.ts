import { parseExactJson } from '../../core/exact-json.ts';
import { isJsonObject, type JsonObject } from '../../core/json.ts';

/** The JSON object that a line is; null where it is none. */
export function rowObject(line: string): JsonObject | null {
  try {
    const value = parseExactJson(line);
    return isJsonObject(value) && !JSON.isRawJSON(value) ? value : null;
  } catch {
    return null;
  }
}
