import { Ajv, type ValidateFunction } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../core/json.ts';
import { TuttiError } from '../core/tutti-error.ts';
import { userPattern } from '../core/user-pattern.ts';

/** A schema that values are checked by. */
export interface JsonSchema {
  /** Says what is wrong with a value, the first mistake with its place; null where nothing is. */
  readonly mistakeIn: (value: JsonValue) => string | null;
}

const DRAFTS: readonly (readonly [name: RegExp, make: (options: object) => Ajv])[] = [
  [/2019-09/, (options) => new Ajv2019(options)],
  [/draft-0[67]/, (options) => new Ajv(options)],
];

/**
 * Reads a JSON Schema: of drafts 06, 07, 2019-09 or 2020-12, which is meant where `$schema` says nothing. Patterns are
 * those of RE2, so that no schema can make a check endless; `format` is not checked; nothing is fetched.
 *
 * @throws TuttiError `bad_usage` where the text is no schema
 */
export function readJsonSchema(text: string): JsonSchema {
  const check = compile(parse(text));
  return {
    mistakeIn: (value) => {
      if (check(value)) return null;
      const [first] = check.errors ?? [];
      return `${first?.instancePath || 'the value'} ${first?.message ?? 'does not fit'}`;
    },
  };
}

function parse(text: string): JsonObject | boolean {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new TuttiError('bad_usage', `it is no JSON: ${(cause as Error).message}`, { cause });
  }
  if (typeof value === 'boolean' || isJsonObject(value)) return value;
  throw new TuttiError('bad_usage', 'a JSON Schema is an object');
}

/** What the library makes of a pattern: it knows one from another by `toString`. */
const regExp = Object.assign(
  (source: string) => ({ test: userPattern(source).isIn, toString: () => source }),
  { code: 'undefined' },
);

function compile(schema: JsonObject | boolean): ValidateFunction {
  const named = typeof schema === 'boolean' ? '' : String(schema.$schema ?? '');
  const draft = DRAFTS.find(([name]) => name.test(named));
  const options = { strict: false, validateFormats: false, logger: false, code: { regExp } };
  try {
    return (draft?.[1] ?? ((given: object) => new Ajv2020(given)))(options).compile(schema);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new TuttiError('bad_usage', message, { cause });
  }
}
