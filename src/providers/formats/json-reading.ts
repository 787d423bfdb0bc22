import { isJsonObject, type JsonObject } from '../../core/json.ts';

/** The value if it is an object, else an empty one. */
export function objectOf(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** The objects of a list; empty if it is none. */
export function objectsOf(value: unknown): readonly JsonObject[] {
  if (!Array.isArray(value)) return [];
  return value.every(isJsonObject) ? value : value.filter(isJsonObject);
}

/** The value if it is a text with something in it, else null. */
export function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** The value if it is a count, else null. */
export function countOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;
}

/** The sum of counts, where an absent one is 0; null if the first is absent. */
export function sumOf(first: unknown, ...others: readonly unknown[]): number | null {
  const start = countOf(first);
  return start === null
    ? null
    : others.reduce<number>((sum, other) => sum + (countOf(other) ?? 0), start);
}

/** What a value is, in words: `a number`, `an object`. */
export function kindOf(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
