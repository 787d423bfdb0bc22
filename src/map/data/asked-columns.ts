import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import type { OutputColumn } from './output-column.ts';

/** An object with the columns that were asked for, and how many keys it had besides. */
export interface TidyObject {
  readonly value: JsonObject;
  readonly droppedKeys: number;
}

/**
 * Gives an object the columns that were asked for, in their order: other keys go, and a number or a boolean where a text
 * is asked becomes its JSON text. Nothing else is changed.
 */
export function withAskedColumns(object: JsonObject, columns: readonly OutputColumn[]): TidyObject {
  if (isAsAsked(object, columns)) return { value: object, droppedKeys: 0 };
  const value: Record<string, JsonValue> = {};
  let kept = 0;
  for (const column of columns) {
    if (!Object.hasOwn(object, column.name)) continue;
    kept++;
    value[column.name] = asAsked(object[column.name]!, column);
  }
  return { value, droppedKeys: Object.keys(object).length - kept };
}

/** True for an object that has the columns and nothing else, in their order, with texts where these are asked. */
function isAsAsked(object: JsonObject, columns: readonly OutputColumn[]): boolean {
  let at = 0;
  for (const name in object) {
    const column = columns[at++];
    if (column?.name !== name) return false;
    if (column.type === 'string' && typeof object[name] !== 'string') return false;
  }
  return at === columns.length;
}

function asAsked(value: JsonValue, { type, isList }: OutputColumn): JsonValue {
  if (type !== 'string') return value;
  return isList && Array.isArray(value) ? value.map(asText) : asText(value);
}

function asText(value: JsonValue): JsonValue {
  const isNumber = typeof value === 'number' || JSON.isRawJSON(value);
  return isNumber || typeof value === 'boolean' ? JSON.stringify(value) : value;
}

/** A value in which numbers that are kept as their source texts are numbers; the value itself where there are none. */
export function withPlainNumbers(value: JsonValue): JsonValue {
  return holdsSourceText(value) ? plain(value) : value;
}

function holdsSourceText(value: JsonValue): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(holdsSourceText);
  if (JSON.isRawJSON(value)) return true;
  for (const key in value) if (holdsSourceText((value as JsonObject)[key]!)) return true;
  return false;
}

function plain(value: JsonValue): JsonValue {
  if (JSON.isRawJSON(value)) return Number(JSON.stringify(value));
  if (Array.isArray(value)) return value.map(plain);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]));
}
