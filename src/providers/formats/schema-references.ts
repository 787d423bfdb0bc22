import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';

/** What a reference such as `#/$defs/item` leads to; undefined if nothing is there. */
export function definitionAt(root: JsonObject, reference: string): JsonValue | undefined {
  const [, room = '', name = ''] = reference.split('/');
  const rooms = Object.hasOwn(root, room) ? root[room] : undefined;
  const key = name.replaceAll('~1', '/').replaceAll('~0', '~');
  return isJsonObject(rooms) && Object.hasOwn(rooms, key) ? rooms[key] : undefined;
}

/** Tells whether a schema can hold a value of its own kind in itself: whether its references lead round. */
export function holdsItself(root: JsonObject): boolean {
  const leadsTo = new Map<string, ReadonlySet<string>>();
  const referencesOf = (reference: string): ReadonlySet<string> => {
    const known = leadsTo.get(reference);
    if (known !== undefined) return known;
    const found = referencesIn(definitionAt(root, reference));
    leadsTo.set(reference, found);
    return found;
  };
  const first = [...referencesIn(root)];
  return first.includes('#') || first.some((one) => isReached(one, referencesOf));
}

/** Tells whether one gets back to a reference by following references. */
function isReached(
  start: string,
  referencesOf: (reference: string) => ReadonlySet<string>,
): boolean {
  const seen = new Set(referencesOf(start));
  for (const one of seen) {
    if (one === start || one === '#') return true;
    for (const next of referencesOf(one)) seen.add(next);
  }
  return false;
}

/** Every reference in a value, however deep. */
function referencesIn(value: JsonValue | undefined): ReadonlySet<string> {
  const found = new Set<string>();
  const open: (JsonValue | undefined)[] = [value];
  while (open.length > 0) {
    const one = open.pop();
    if (typeof one !== 'object' || one === null) continue;
    if (isJsonObject(one) && typeof one.$ref === 'string') found.add(one.$ref);
    for (const inner of Object.values(one)) open.push(inner);
  }
  return found;
}
