/** What is said of something by its name; names come from outside, so that there is nothing else in it. */
export type ByName<Value> = Readonly<Record<string, Value>>;

/** An object of names alone, in which `__proto__` is a name as any other. */
export function byName<Value>(entries: Iterable<readonly [string, Value]>): ByName<Value> {
  const object = Object.create(null) as Record<string, Value>;
  for (const [name, value] of entries) object[name] = value;
  return object;
}
