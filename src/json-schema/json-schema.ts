import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../core/json.ts';
import { TuttiError } from '../core/tutti-error.ts';
import { userPattern } from '../core/user-pattern.ts';
import { countReferences, EndlessCheck, FollowedReferences } from './count-references.ts';
import { refuseRepeatedChecks } from './repeated-checks.ts';
import { UNIQUE_ITEMS } from './unique-items.ts';

/** What is wrong with a value, and where. */
export interface SchemaMistake {
  /** A JSON pointer, such as `/rows/0/score`; empty for the whole value. */
  readonly path: string;
  readonly message: string;
  /** The key that is required there and missing; undefined for any other mistake. */
  readonly missingKey?: string | undefined;
}

/** A schema that values are checked by. */
export interface JsonSchema {
  /** Says what is wrong with a value, the first mistake with its place; null where nothing is. */
  readonly mistakeIn: (value: JsonValue) => string | null;
  /** Says all that is wrong with a value; none where nothing is. */
  readonly mistakesIn: (value: JsonValue) => readonly SchemaMistake[];
}

type Options = Readonly<Record<string, unknown>>;

const DRAFTS: readonly (readonly [name: RegExp, make: (options: Options) => Ajv])[] = [
  [/2019-09/, (options) => new Ajv2019(options)],
  [/draft-0[67]/, (options) => new Ajv(options)],
];

/** Names of keys, and values, that a message shows. */
const MOST_NAMED = 10;
const MAX_MESSAGE = 300;

/**
 * Reads a JSON Schema: of drafts 06, 07, 2019-09 or 2020-12, which is meant where `$schema` says nothing. Patterns are
 * those of RE2, so that no schema can make a check endless; `format` is not checked; nothing is fetched. Only own keys
 * of a value count.
 *
 * @param schema a text of JSON, or what it says
 * @throws TuttiError `bad_usage` where it is no schema, with the places of what is wrong with it
 */
export function readJsonSchema(schema: string | JsonObject): JsonSchema {
  const value = typeof schema === 'string' ? parse(schema) : schema;
  const check = compileFirst(value);
  refuseEndless(value, check);
  let checkAll: Check | undefined;
  return {
    mistakeIn: (one) => {
      const { errors, problem } = check(one);
      if (problem !== undefined) return `the value ${problem}`;
      const [first] = errors;
      return first === undefined
        ? null
        : `${first.instancePath || 'the value'} ${first.message ?? 'does not fit'}`;
    },
    mistakesIn: (one) => {
      checkAll ??= compile(value, { allErrors: true });
      const { errors, problem } = checkAll(one);
      return problem === undefined ? errors.map(mistakeOf) : [{ path: '', message: problem }];
    },
  };
}

/** Checks a value. */
type Check = (value: JsonValue) => {
  readonly errors: readonly ErrorObject[];
  /** Why it cannot be checked; undefined where it was. */
  readonly problem?: string | undefined;
};

/** Makes a check that stops at the first mistake; of very many properties that is nested too deeply for the engine. */
function compileFirst(schema: JsonObject | boolean): Check {
  try {
    return compile(schema, {});
  } catch (error) {
    if (!(error instanceof TuttiError && error.cause instanceof RangeError)) throw error;
    return compile(schema, { allErrors: true });
  }
}

/** Refuses a schema that refers to itself without going on to a part of the value, or to the same over and over. */
function refuseEndless(schema: JsonObject | boolean, check: Check): void {
  const problem =
    typeof schema === 'object' ? whyNot(() => refuseRepeatedChecks(schema)) : undefined;
  if (problem === TOO_LONG) {
    const message =
      'its references lead to the same again and again: no check of a value would end';
    throw new TuttiError('bad_usage', message);
  }
  if (problem !== undefined) throw new TuttiError('bad_usage', `it ${problem}`);
  for (const value of [{}, [], '', 0, true, null]) {
    if (check(value).problem !== undefined) {
      throw new TuttiError('bad_usage', 'it refers to itself without end');
    }
  }
}

const TOO_LONG = 'is nested so that a check takes too long';

/** Why something cannot be done to its end; undefined where it was. */
function whyNot(act: () => unknown): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof RangeError) return 'is nested too deeply to be checked';
    if (error instanceof EndlessCheck) return TOO_LONG;
    throw error;
  }
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

function compile(schema: JsonObject | boolean, more: Options): Check {
  const named = typeof schema === 'boolean' ? '' : String(schema.$schema ?? '');
  const draft = DRAFTS.find(([name]) => name.test(named));
  const own = { strict: false, validateFormats: false, logger: false, ownProperties: true };
  const options = { ...own, code: { regExp }, ...more };
  const ajv = (draft?.[1] ?? ((given: Options) => new Ajv2020(given)))(options);
  ajv.removeKeyword('uniqueItems').addKeyword(UNIQUE_ITEMS);
  const followed = new FollowedReferences();
  try {
    if (ajv.validateSchema(schema) === true) {
      countReferences(ajv, followed);
      return checkOf(ajv.compile(schema), followed);
    }
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause);
    const problem = cause instanceof RangeError ? 'it is nested too deeply, or without end' : said;
    throw new TuttiError('bad_usage', problem, { cause });
  }
  const wrong = (ajv.errors ?? []).slice(0, MOST_NAMED).map(mistakeOf);
  const told = wrong.map(({ path, message }) => `${path || 'the schema'} ${message}`);
  throw new TuttiError('bad_usage', told.join('; '));
}

function checkOf(validate: ValidateFunction, followed: FollowedReferences): Check {
  return (value) => {
    followed.begin(value);
    const problem = whyNot(() => validate(value));
    followed.end();
    return { problem, errors: problem === undefined ? (validate.errors ?? []) : [] };
  };
}

/** Says in full what the library's own words leave out. */
function mistakeOf({ instancePath, keyword, params, message }: ErrorObject): SchemaMistake {
  const said = {
    path: instancePath,
    message: inFull(keyword, params) ?? message ?? 'does not fit',
  };
  return keyword === 'required' ? { ...said, missingKey: params.missingProperty } : said;
}

function inFull(keyword: string, params: Options): string | undefined {
  if (keyword === 'enum') {
    const allowed = params.allowedValues as readonly unknown[];
    const more = allowed.length > MOST_NAMED ? ` or ${allowed.length - MOST_NAMED} more` : '';
    const shown = allowed.slice(0, MOST_NAMED).map((one) => JSON.stringify(one));
    return short(`must be one of ${shown.join(', ')}${more}`);
  }
  if (keyword === 'const') return short(`must be ${JSON.stringify(params.allowedValue)}`);
  const key = params.additionalProperty ?? params.unevaluatedProperty;
  return key === undefined ? undefined : short(`must not have the key ${JSON.stringify(key)}`);
}

function short(message: string): string {
  return message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE - 1)}…` : message;
}
