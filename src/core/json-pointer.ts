import type { JsonObject, JsonValue } from './json.ts';

/** What a reference such as `#/$defs/item` names in a document; undefined where nothing is there, or it leads elsewhere. */
export function valueAtPointer(reference: string, whole: JsonObject): JsonValue | undefined {
  if (reference === '#') return whole;
  if (!reference.startsWith('#/')) return undefined;
  return reference
    .slice(2)
    .split('/')
    .map((name) => decoded(name).replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<JsonValue | undefined>((value, name) => {
      const isThere = typeof value === 'object' && value !== null && Object.hasOwn(value, name);
      return isThere ? (value as JsonObject)[name] : undefined;
    }, whole);
}

/** A name of a reference, in which `%` may stand for itself. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
