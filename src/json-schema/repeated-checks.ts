import { isJsonObject, type JsonObject, type JsonValue } from '../core/json.ts';
import { valueAtPointer } from '../core/json-pointer.ts';
import { EndlessCheck } from './count-references.ts';

/** Times that parts of a schema may be gone through for one and the same value. */
const MOST_CHECKS = 100_000;
/** Keywords whose schemas are for the same value as the schema that they are in. */
const LISTS = ['allOf', 'anyOf', 'oneOf'] as const;
const SINGLE = ['not', 'if', 'then', 'else'] as const;
const NAMED = ['dependentSchemas', 'dependencies'] as const;

/**
 * Refuses a schema that makes more checks of one and the same value than can be done: each reference to what has two
 * references doubles them. References that lead round are another mistake.
 *
 * @throws EndlessCheck for one; RangeError for one that is nested too deeply
 */
export function refuseRepeatedChecks(schema: JsonObject): void {
  const known = new Map<JsonObject, number>();
  const checksOf = (one: JsonObject): number => {
    const before = known.get(one);
    if (before !== undefined) return before;
    known.set(one, 1);
    const checks = partsOf(one, schema).reduce((sum, part) => sum + checksOf(part), 1);
    if (checks > MOST_CHECKS) throw new EndlessCheck();
    known.set(one, checks);
    return checks;
  };
  const open: JsonValue[] = [schema];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if (typeof one !== 'object' || one === null) continue;
    if (isJsonObject(one)) checksOf(one);
    for (const inner of Object.values(one)) open.push(inner);
  }
}

function partsOf(schema: JsonObject, root: JsonObject): readonly JsonObject[] {
  const { $ref: reference } = schema;
  return [
    typeof reference === 'string' ? valueAtPointer(reference, root) : undefined,
    ...LISTS.flatMap((key) => (Array.isArray(schema[key]) ? schema[key] : [])),
    ...SINGLE.map((key) => schema[key]),
    ...NAMED.flatMap((key) => (isJsonObject(schema[key]) ? Object.values(schema[key]) : [])),
  ].filter(isJsonObject);
}
