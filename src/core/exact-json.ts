import type { JsonValue } from './json.ts';
import { isNestedTooDeeply, MAX_JSON_DEPTH } from './json-depth.ts';

// The two functions of the "JSON.parse source text access" proposal, which TypeScript's library does not know yet.
declare global {
  interface JSON {
    rawJSON(text: string): object;
    isRawJSON(value: unknown): boolean;
  }
}

/**
 * A number, or what looks like one in a text, that JavaScript would write in another way: a zero at the
 * end of a fraction, an exponent, many digits, very small, minus zero. Where there is none, JSON is parsed
 * the quick way. It begins with a digit, so that prose is passed over at once.
 */
const UNUSUAL_NUMBER =
  /\d(?<=(?:^|[[:,\s])-?\d)(?:\d*\.\d*0(?!\d)|\d*(?:\.\d+)?[eE]|[\d.]{15}|(?<=0)\.0{6}|(?<=-0)(?![\d.]))/;

/**
 * Parses JSON without changing any number: one that JavaScript would write in another way
 * (`9007199254740993`, a 20-digit seed, `1e400`, `1.0`) is kept as its source text, and
 * `JSON.stringify` writes it back unharmed; `numberOf` says what it is worth.
 *
 * @throws SyntaxError as `JSON.parse` does, with the position in its message; also for what is nested too deeply.
 */
export function parseExactJson(text: string): JsonValue {
  if (isNestedTooDeeply(text)) throw new SyntaxError(`nested over ${MAX_JSON_DEPTH} deep`);
  return parseKeepingNumbers(text);
}

/** As `JSON.parse`, of any depth, but that numbers are kept as `parseExactJson` keeps them. @throws SyntaxError */
export function parseKeepingNumbers(text: string): JsonValue {
  return UNUSUAL_NUMBER.test(text)
    ? (JSON.parse(text, keepSource as (key: string, value: unknown) => unknown) as JsonValue)
    : (JSON.parse(text) as JsonValue);
}

/** True when a text may hold a number that `JSON.parse` would change. */
export function mayHoldUnusualNumber(text: string): boolean {
  return UNUSUAL_NUMBER.test(text);
}

/** The number that a value is, or that its source text says; null when it is none. */
export function numberOf(value: JsonValue | undefined): number | null {
  if (typeof value === 'number') return value;
  return JSON.isRawJSON(value) ? Number(JSON.stringify(value)) : null;
}

function keepSource(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== 'number' || context?.source === undefined) return value;
  return String(value) === context.source ? value : JSON.rawJSON(context.source);
}
