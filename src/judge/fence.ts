import { createHash } from 'node:crypto';

/** From what the key of fences is made. */
export interface FenceKeyOptions {
  /** Another one gives other keys; whole number. */
  readonly seed: number;
  /** Who judges. */
  readonly judge: string;
  /** Every text that comes between fences, or beside them: the key is in none of them. */
  readonly texts: readonly string[];
}

const KEY_DIGITS = 16;

/**
 * Makes the key of fences: the first 16 hexadecimal digits of the SHA-256 over seed, judge, texts and a counter, which is
 * raised until the key is in none of the texts. Whoever wrote the texts cannot have known it.
 */
export function fenceKey({ seed, judge, texts }: FenceKeyOptions): string {
  return firstUnused(keys({ seed, judge, texts }), texts);
}

/** The first of some keys that is in no text, in whatever case. */
export function firstUnused(candidates: Iterable<string>, texts: readonly string[]): string {
  const lowered = texts.map((text) => text.toLowerCase());
  for (const key of candidates) {
    if (!lowered.some((text) => text.includes(key))) return key;
  }
  throw new RangeError('every key is in a text');
}

function* keys({ seed, judge, texts }: FenceKeyOptions): Generator<string> {
  const content = createHash('sha256');
  // Lengths keep texts apart: what ends one cannot begin the next.
  for (const text of texts) content.update(`${text.length}:`).update(text);
  const digest = content.digest('hex');
  for (let counter = 0; ; counter++) {
    const hash = createHash('sha256').update(JSON.stringify([seed, judge, digest, counter]));
    yield hash.digest('hex').slice(0, KEY_DIGITS);
  }
}

/**
 * Puts a text between fences, each on a line of its own.
 *
 * @param name of the tag: letters, digits and dashes; anything else is left out of it
 * @param attributes further ones, before the key; quotation marks are left out of them
 */
export function fenced(
  name: string,
  key: string,
  text: string,
  attributes: Readonly<Record<string, string>> = {},
): string {
  const tag = name.replace(/[^A-Za-z0-9-]/g, '') || 'text';
  const others = Object.entries(attributes).map(
    ([attribute, value]) => ` ${attribute}="${value.replace(/["<>\r\n]/g, '')}"`,
  );
  return `\n<${tag}${others.join('')} key="${key}">\n${text}\n</${tag} key="${key}">\n`;
}
