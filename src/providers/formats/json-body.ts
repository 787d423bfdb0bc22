import type { JsonObject, JsonValue } from '../../core/json.ts';

/** Texts of values that many bodies have. */
const KEPT_TEXTS = new WeakMap<object, string>();

/** Writes a value once for all bodies that have it: this very object, which must not change any more. */
export function keepText(value: JsonObject): void {
  KEPT_TEXTS.set(value, JSON.stringify(value));
}

function textOf(name: string, value: JsonValue): string {
  if (typeof value === 'string') return JSON.stringify(value);
  const kept = typeof value === 'object' && value !== null ? KEPT_TEXTS.get(value) : undefined;
  if (kept !== undefined) return kept;
  const text = JSON.stringify(value);
  const number = text?.includes('null') ? noNumberIn(value) : undefined;
  if (number !== undefined) throw new TypeError(`${name} has ${number}, which is no JSON`);
  return text;
}

/** A number within a value that JSON does not have; undefined if there is none. `JSON.stringify` would write null. */
function noNumberIn(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : value;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const inner of Object.values(value)) {
    const found = noNumberIn(inner);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * The body of a request, or an object in it. Its keys stay in the order in which they were set, whatever
 * they are called: in an object of JavaScript `12` would come first.
 */
export class JsonBody {
  readonly #values = new Map<string, JsonValue | JsonBody>();

  get isEmpty(): boolean {
    return this.#values.size === 0;
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** Sets a key; one that is there already keeps its place. */
  set(name: string, value: JsonValue | JsonBody): void {
    this.#values.set(name, value);
  }

  /** Sets all keys of an object. */
  setAll(object: JsonObject): void {
    for (const name of Object.keys(object)) this.#values.set(name, object[name]!);
  }

  /**
   * Writes it as JSON; as in `JSON.stringify`, a value that JSON does not know is left out.
   *
   * @throws TypeError for a number that JSON does not have: it would be sent as `null`.
   */
  text(): string {
    let text = '';
    for (const [name, value] of this.#values) {
      const written = value instanceof JsonBody ? value.text() : textOf(name, value);
      if (written === undefined) continue;
      text += text === '' ? '{' : ',';
      text += `${JSON.stringify(name)}:${written}`;
    }
    return text === '' ? '{}' : `${text}}`;
  }
}
