import { isJson, type JsonValue } from '../../core/json.ts';

/**
 * Writes a value as the text of a cell: texts as they are, null as no cell, anything else as JSON. In a typed column a
 * text that would be read as JSON, or as no cell, is written as JSON, too; by default none is typed.
 */
export function cellText(value: JsonValue | undefined, isTyped = false): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string') return JSON.stringify(value);
  return isTyped && (value === '' || isJson(value)) ? JSON.stringify(value) : value;
}
