import type { JsonObject } from './json.ts';

/** A JSON schema that an answer is to follow. */
export interface NamedSchema {
  /** What it is called where an API wants a name for it. */
  readonly name: string;
  /** JSON Schema of an object. */
  readonly schema: JsonObject;
}

/**
 * How an answer is bound to its schema, the firmest first: by the server, which knows the schema; by the server, which
 * knows only that it is JSON; by words in the prompt alone. Below the first, the schema stands in the prompt.
 */
export const STRUCTURED_LEVELS = ['json_schema', 'json_object', 'prompt'] as const;

/** One of `STRUCTURED_LEVELS`. */
export type StructuredLevel = (typeof STRUCTURED_LEVELS)[number];

/** Tells whether a value is the name of a level. */
export function isStructuredLevel(value: unknown): value is StructuredLevel {
  return STRUCTURED_LEVELS.includes(value as StructuredLevel);
}

/** The less firm one of two levels. */
export function looserLevel(left: StructuredLevel, right: StructuredLevel): StructuredLevel {
  return STRUCTURED_LEVELS.indexOf(left) > STRUCTURED_LEVELS.indexOf(right) ? left : right;
}
