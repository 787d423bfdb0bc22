import type { Random } from '../../core/clock.ts';
import type { JsonObject, JsonValue } from '../../core/json.ts';
import { textOfPattern } from './text-of-pattern.ts';

const WORDS =
  'a short clear answer about the given text with some plain words that read like one of many others'.split(
    ' ',
  );
const MOST_WORDS = 9;

const FORMATS: Readonly<Record<string, (random: Random) => string>> = {
  date: (random) => `${2000 + digits(random, 30)}-0${1 + digits(random, 9)}-1${digits(random, 9)}`,
  time: (random) => `1${digits(random, 9)}:3${digits(random, 9)}:00Z`,
  'date-time': (random) => `2026-0${1 + digits(random, 9)}-1${digits(random, 9)}T10:00:00Z`,
  duration: (random) => `PT${1 + digits(random, 50)}M`,
  email: (random) => `someone${digits(random, 1000)}@example.com`,
  uri: (random) => `https://example.com/${digits(random, 1000)}`,
  hostname: (random) => `host${digits(random, 1000)}.example.com`,
  ipv4: (random) => `192.0.2.${digits(random, 255)}`,
  ipv6: (random) => `2001:db8::${1 + digits(random, 9)}`,
  uuid: (random) => {
    const hex = (count: number) =>
      Array.from({ length: count }, () => digits(random, 16).toString(16)).join('');
    return `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`;
  },
};

/** Makes a text that fits the format, the pattern, or the length that a schema wants. */
export function textForSchema(schema: JsonObject, key: string, random: Random): string {
  const format = typeof schema.format === 'string' ? schema.format : '';
  if (Object.hasOwn(FORMATS, format)) return FORMATS[format]!(random);
  if (typeof schema.pattern === 'string') return textOfPattern(schema.pattern, random);
  const count = 3 + digits(random, MOST_WORDS - 2);
  const words = Array.from({ length: count }, () => WORDS[digits(random, WORDS.length)] ?? '');
  return fitted(`${key} ${digits(random, 1000)}: ${words.join(' ')}`, schema);
}

function fitted(text: string, { minLength, maxLength }: JsonObject): string {
  const least = lengthOf(minLength) ?? 0;
  const most = lengthOf(maxLength) ?? Number.POSITIVE_INFINITY;
  const long = text.length < least ? text.padEnd(Math.min(least, 100_000), ' and so on') : text;
  return long.length > most ? long.slice(0, most) : long;
}

function lengthOf(value: JsonValue | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function digits(random: Random, below: number): number {
  return Math.floor(random() * below);
}
