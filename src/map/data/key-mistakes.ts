import type { JsonObject, JsonValue } from '../../core/json.ts';
import { jsonStringEnd } from '../../core/json-string-end.ts';
import type { SchemaMistake } from '../../json-schema/index.ts';

/** A list or an object that is being gone through. */
interface Frame {
  /** Null for a list. */
  readonly keys: Set<string> | null;
  /** Where it is: the key or the index in the one around it. */
  readonly place: string | number;
  /** The key that came last, or the index of the element that comes. */
  current: string | number;
}

const COLON = /\s*:/y;
/** So many are found that no object of a list passes for a right one, unless the list is vast. */
const MOST_MISTAKES = 10_000;
/** Places in a path: what lies deeper is told by what it is in. */
const MOST_PLACES = 32;

/**
 * Finds what parsing hides: a key that an object has more than once, of which the last one would win, and `__proto__`,
 * which is no key of data.
 *
 * @param json valid JSON
 * @param value what it holds
 */
export function keyMistakes(json: string, value: JsonValue): readonly SchemaMistake[] {
  // A key that stands there twice is in the value only once.
  return keysIn(value) === colonsBehindTexts(json) ? [] : mistakesIn(json);
}

/** Colons behind quotes: there is one behind every key of an object, and a text may hold the same. */
function colonsBehindTexts(json: string): number {
  let count = 0;
  for (let colon = json.indexOf(':'); colon >= 0; colon = json.indexOf(':', colon + 1)) {
    let before = colon - 1;
    while (isSpace(json.charCodeAt(before))) before--;
    if (json.charCodeAt(before) === 0x22) count++;
  }
  return count;
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0d;
}

/** Keys of all objects in a value; NaN where one is `__proto__`. */
function keysIn(value: JsonValue): number {
  if (typeof value !== 'object' || value === null || JSON.isRawJSON(value)) return 0;
  if (Array.isArray(value)) {
    let count = 0;
    for (const one of value) count += keysIn(one);
    return count;
  }
  let count = 0;
  for (const key of Object.keys(value)) {
    count += key === '__proto__' ? Number.NaN : 1 + keysIn((value as JsonObject)[key]!);
  }
  return count;
}

function mistakesIn(json: string): readonly SchemaMistake[] {
  const mistakes: SchemaMistake[] = [];
  const frames: Frame[] = [];
  for (let at = 0; at < json.length && mistakes.length < MOST_MISTAKES; at++) {
    const mark = json.charCodeAt(at);
    const top = frames.at(-1);
    if (mark === 0x22) {
      const end = jsonStringEnd(json, at);
      if (top?.keys && isColonNext(json, end)) {
        const problem = addKey(top, top.keys, json.slice(at, end));
        if (problem !== undefined) mistakes.push({ path: pathOf(frames), message: problem });
      }
      at = end - 1;
    } else if (mark === 0x7b || mark === 0x5b) {
      const isObject = mark === 0x7b;
      const place = top?.current ?? '';
      frames.push({ keys: isObject ? new Set() : null, place, current: isObject ? '' : 0 });
    } else if (mark === 0x7d || mark === 0x5d) frames.pop();
    else if (mark === 0x2c && typeof top?.current === 'number') top.current++;
  }
  return mistakes;
}

/** Adds the key of an object, or says what is wrong with it. */
function addKey(frame: Frame, keys: Set<string>, text: string): string | undefined {
  const key = text.includes('\\') ? (JSON.parse(text) as string) : text.slice(1, -1);
  frame.current = key;
  if (key === '__proto__') return 'must not have the key "__proto__"';
  if (keys.has(key)) return `must not have the key ${JSON.stringify(key.slice(0, 60))} twice`;
  keys.add(key);
  return undefined;
}

function isColonNext(json: string, from: number): boolean {
  COLON.lastIndex = from;
  return COLON.test(json);
}

function pathOf(frames: readonly Frame[]): string {
  const places = frames.slice(1, 1 + MOST_PLACES).map(({ place }) => String(place));
  return places.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
