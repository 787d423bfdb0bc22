import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import type { SchemaMistake } from '../../json-schema/index.ts';
import { withAskedColumns, withPlainNumbers } from './asked-columns.ts';
import { type FoundJson, findJson, structuresIn } from './json-in-answer.ts';
import { keyMistakes } from './key-mistakes.ts';
import { withoutOptionalNulls } from './optional-nulls.ts';
import type { OutputForm } from './output-form.ts';
import { isVast } from './vast-value.ts';

/** What is wrong with an answer, and where in it. */
export interface DataMistake {
  /** A JSON pointer into the answer, such as `/rows/0/score`; empty for the whole. */
  readonly path: string;
  readonly message: string;
}

/** What was read in an answer. */
export interface DataReading {
  /** The objects with which nothing is wrong, in order; numbers as they were written. */
  readonly objects: readonly JsonObject[];
  /** What is wrong, at most 100; none: all of the answer is what was asked for. */
  readonly errors: readonly DataMistake[];
  /** True: the answer was only nearly JSON. */
  readonly repaired: boolean;
  /** Keys that no column asked for. */
  readonly droppedKeys: number;
  /** True: it is what was asked for, and holds nothing. */
  readonly isEmpty: boolean;
}

const MOST_ERRORS = 100;

/** Reads an answer that is to hold objects of a form: finds its JSON, checks it, and keeps the objects that are right. */
export function readData(text: string, finishReason: string | null, form: OutputForm): DataReading {
  const found = findJson(text, finishReason, form);
  if ('mistake' in found) return failed({ path: '', message: found.mistake });
  if (found.within === null) return readFound(found, form);
  // What is read may be changed by that.
  const json = JSON.stringify(found.value);
  const reading = readFound(found, form);
  if (!isRight(reading)) return reading;
  const objects = JSON.stringify(reading.objects);
  for (const other of structuresIn(found.within)) {
    if (JSON.stringify(other.value) === json) continue;
    const also = readFound(other, form);
    if (!isRight(also) || JSON.stringify(also.objects) === objects) continue;
    // Which of two is meant is not guessed: a draft, and what came of it, may be of any length.
    return { ...reading, errors: [{ path: '', message: 'holds more than one such answer' }] };
  }
  return reading;
}

function isRight({ errors, objects }: DataReading): boolean {
  return errors.length === 0 && objects.some((object) => Object.keys(object).length > 0);
}

function readFound(
  found: Extract<FoundJson, { readonly json: string }>,
  form: OutputForm,
): DataReading {
  const inside = unwrapped(found.value, form);
  const reading = 'message' in inside ? failed(inside) : readValue(inside, found, form);
  return { ...reading, repaired: found.isRepaired };
}

/** The list or object that an answer holds, and where it is in it. */
interface Unwrapped {
  readonly value: JsonValue;
  readonly path: string;
  readonly droppedKeys: number;
}

/** A list may stand by itself, or where it was asked for: as the key `rows` of an object. */
function unwrapped(value: JsonValue, { isList, typed }: OutputForm): Unwrapped | DataMistake {
  if (!isList || Array.isArray(value)) return { value, path: '', droppedKeys: 0 };
  if (!isJsonObject(value) || !Object.hasOwn(value, 'rows')) {
    return { path: '', message: 'must be an object with the key "rows", a list of objects' };
  }
  const droppedKeys = typed === null ? 0 : Object.keys(value).length - 1;
  return { value: value.rows!, path: '/rows', droppedKeys };
}

function readValue(
  { value, path, droppedKeys }: Unwrapped,
  found: Pick<Extract<FoundJson, { readonly json: string }>, 'value' | 'json'>,
  form: OutputForm,
): DataReading {
  const { maxObjects } = form;
  if (form.isList && Array.isArray(value) && value.length > maxObjects) {
    const message = `must have at most ${maxObjects} objects, not ${value.length}`;
    return failed({ path, message });
  }
  const tidy = tidied(value, form);
  if (isVast(tidy.value, found.json)) {
    const first = form.firstMistakeIn(withPlainNumbers(tidy.value));
    if (first !== null) {
      return failed({ path, message: `holds too much for a part of it to be kept: ${first}` });
    }
  }
  const keys = keyMistakes(found.json, found.value);
  const mistakes = mistakesIn(tidy.value, form).map((one) => ({ ...one, path: path + one.path }));
  // A mistake within an object that has more of them is told only once.
  const errors = [...keys, ...mistakes];
  const objects = rightObjects(tidy.value, { path, errors, isList: form.isList });
  return {
    objects,
    errors: errors.slice(0, MOST_ERRORS).map((one) => ({ path: one.path, message: one.message })),
    repaired: false,
    droppedKeys: droppedKeys + tidy.droppedKeys,
    isEmpty: objects.length === 0 && errors.length === 0,
  };
}

function tidied(
  value: JsonValue,
  { typed, isList }: OutputForm,
): { readonly value: JsonValue; readonly droppedKeys: number } {
  if (typed === null) return { value, droppedKeys: 0 };
  let droppedKeys = 0;
  const tidy = (one: JsonValue): JsonValue => {
    if (!isRow(one)) return one;
    const object = withAskedColumns(one, typed);
    droppedKeys += object.droppedKeys;
    return object.value;
  };
  const now = isList && Array.isArray(value) ? value.map(tidy) : tidy(value);
  return { value: now, droppedKeys };
}

/** What is wrong by the schema, and what no row can be made of. */
function mistakesIn(value: JsonValue, form: OutputForm): readonly SchemaMistake[] {
  const rows = form.isList && Array.isArray(value) ? value : [value];
  // Most answers are right, and that is sooner said.
  if (form.firstMistakeIn(withPlainNumbers(value)) === null && rows.every(isRow)) return [];
  const check = () => form.mistakesIn(withPlainNumbers(value));
  const first = check();
  const left = first.length === 0 ? first : withoutOptionalNulls(value, first, check);
  const told = new Set(left.map(({ path }) => path));
  const noObjects = rows.flatMap((row, at) => {
    const path = rows === value ? `/${at}` : '';
    return isRow(row) || told.has(path) ? [] : [{ path, message: 'must be object' }];
  });
  return [...left, ...noObjects];
}

function isRow(value: JsonValue): value is JsonObject {
  return isJsonObject(value) && !JSON.isRawJSON(value);
}

function rightObjects(
  value: JsonValue,
  {
    path,
    errors,
    isList,
  }: Pick<DataReading, 'errors'> & Pick<OutputForm, 'isList'> & { path: string },
): readonly JsonObject[] {
  // Of a list that nobody asked for, no member was looked at.
  if (!isList || !Array.isArray(value)) {
    return errors.length === 0 && isJsonObject(value) ? [value] : [];
  }
  if (errors.length === 0) return value as readonly JsonObject[];
  const wrong = new Set(
    errors
      .filter((error) => error.path.startsWith(`${path}/`))
      .map((error) => error.path.slice(path.length + 1).split('/', 1)[0]),
  );
  return value.filter((_, at) => !wrong.has(String(at)));
}

function failed(error: DataMistake): DataReading {
  return { objects: [], errors: [error], repaired: false, droppedKeys: 0, isEmpty: false };
}
