import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import type { SchemaMistake } from '../../json-schema/index.ts';

/** A key with null that was taken from its object. */
interface TakenNull {
  readonly object: Record<string, JsonValue>;
  readonly path: string;
  readonly key: string;
}

/**
 * Takes keys with null out of a value where null is a mistake and the key may be missing: strict schemas make models write
 * such keys. The value is changed in place.
 *
 * @param mistakes what is wrong with the value
 * @param check what is wrong with it now
 * @returns what is still wrong
 */
export function withoutOptionalNulls(
  value: JsonValue,
  mistakes: readonly SchemaMistake[],
  check: () => readonly SchemaMistake[],
): readonly SchemaMistake[] {
  const paths = new Set(mistakes.map(({ path }) => path));
  const taken = [...paths].flatMap((path) => takeNull(value, path) ?? []);
  if (taken.length === 0) return mistakes;
  const left = check();
  const missing = new Set(left.map(({ path, missingKey }) => `${path}\n${missingKey}`));
  const required = taken.filter(({ path, key }) => missing.has(`${path}\n${key}`));
  for (const { object, key } of required) object[key] = null;
  return required.length === 0 ? left : check();
}

function takeNull(value: JsonValue, path: string): TakenNull | undefined {
  const names = path
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
  const key = names.pop();
  const object = names.reduce<JsonValue | undefined>(ownMember, value);
  if (key === undefined || !isJsonObject(object) || JSON.isRawJSON(object)) return undefined;
  if (!Object.hasOwn(object, key) || object[key] !== null) return undefined;
  delete (object as Record<string, JsonValue>)[key];
  return {
    object: object as Record<string, JsonValue>,
    path: path.slice(0, path.lastIndexOf('/')),
    key,
  };
}

function ownMember(value: JsonValue | undefined, name: string): JsonValue | undefined {
  const isThere = typeof value === 'object' && value !== null && Object.hasOwn(value, name);
  return isThere ? (value as JsonObject)[name] : undefined;
}
