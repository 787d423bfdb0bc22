import type { JsonValue } from './json.ts';

// The two functions of the "JSON.parse source text access" proposal, which TypeScript's library does not know yet.
declare global {
  interface JSON {
    rawJSON(text: string): object;
    isRawJSON(value: unknown): boolean;
  }
}

/** More digits than a double is sure to hold; a number this long is worth the slow path. */
const LONG_NUMBER = /\d{16}/;

/**
 * Parses JSON without changing any number: one that a double cannot hold (`9007199254740993`,
 * a 20-digit seed) is kept as its source text and `JSON.stringify` writes it back unharmed.
 *
 * @throws SyntaxError as `JSON.parse` does, with the position in its message.
 */
export function parseExactJson(text: string): JsonValue {
  if (!LONG_NUMBER.test(text)) return JSON.parse(text) as JsonValue;
  return JSON.parse(text, keepSource as (key: string, value: unknown) => unknown) as JsonValue;
}

function keepSource(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== 'number' || context?.source === undefined) return value;
  return String(value) === context.source || !LONG_NUMBER.test(context.source)
    ? value
    : JSON.rawJSON(context.source);
}
