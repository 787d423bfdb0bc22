import { jsonStringEnd } from '../core/json-string-end.ts';

const QUOTE = 0x22;
const COLON = 0x3a;

/** A key of an object, where it stands in its text. */
export interface TopLevelKey {
  /** Place of the opening quote. */
  readonly start: number;
  /** Place behind the closing quote. */
  readonly end: number;
  readonly name: string;
}

/**
 * Renames keys of a JSON object in its text; every other character stays as it is, so that numbers,
 * the order of keys and repeated keys survive. Keys inside of values are not touched.
 *
 * @param text a valid JSON object.
 * @param rename receives a key and all keys of the object; returns the new key, or the same one.
 */
export function renameTopLevelKeys(
  text: string,
  rename: (key: string, all: ReadonlySet<string>) => string,
): string {
  const keys = topLevelKeys(text);
  const names = new Set(keys.map((key) => key.name));
  let renamed = '';
  let copied = 0;
  for (const key of keys) {
    const name = rename(key.name, names);
    if (name === key.name) continue;
    renamed += text.slice(copied, key.start) + JSON.stringify(name);
    copied = key.end;
  }
  return renamed + text.slice(copied);
}

/** Finds the keys of a JSON object: at depth 1 a string is a key exactly when a colon follows it. */
export function topLevelKeys(text: string): TopLevelKey[] {
  const keys: TopLevelKey[] = [];
  let depth = 0;
  for (let place = 0; place < text.length; place++) {
    const code = text.charCodeAt(place);
    if (code === 0x7b || code === 0x5b) depth++;
    else if (code === 0x7d || code === 0x5d) depth--;
    else if (code === QUOTE) {
      const end = jsonStringEnd(text, place);
      if (depth === 1 && colonFollows(text, end)) {
        keys.push({ start: place, end, name: JSON.parse(text.slice(place, end)) as string });
      }
      place = end - 1;
    }
  }
  return keys;
}

function colonFollows(text: string, place: number): boolean {
  let next = place;
  while (isSpace(text.charCodeAt(next))) next++;
  return text.charCodeAt(next) === COLON;
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0d || code === 0x0a;
}
