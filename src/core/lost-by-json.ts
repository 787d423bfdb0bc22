/**
 * Says what a value is of which JSON keeps nothing: `a Map`, `a function`, `an Error`. Undefined for every other one, an
 * empty object and `undefined` among them.
 *
 * @param text what `JSON.stringify` made of it
 */
export function lostByJson(value: unknown, text: string | undefined): string | undefined {
  if (typeof value === 'function' || typeof value === 'symbol') return `a ${typeof value}`;
  if (text !== '{}' || typeof value !== 'object' || value === null) return undefined;
  const prototype: unknown = Object.getPrototypeOf(value);
  // Objects of other realms have another Object, of the same name.
  const name = prototype === null ? 'Object' : (prototype as object).constructor?.name;
  if (name === 'Object' || 'toJSON' in value) return undefined;
  return name ? `${/^[AEIOU]/.test(name) ? 'an' : 'a'} ${name}` : 'an object of a kind of its own';
}
