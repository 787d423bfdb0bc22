import type { $ZodType } from 'zod/v4/core';
import { parseExactJson } from '../core/exact-json.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../core/json.ts';
import type { Model } from '../core/model.ts';
import { messageOf } from '../core/thrown-message.ts';
import { TuttiError } from '../core/tutti-error.ts';
import { MapStream, type MapStreamOptions } from './map-stream.ts';
import type { AnsweredRow, MapFailure, MapTotals } from './map-totals.ts';
import type { MapRequest } from './maps/map-request.ts';
import { type Engine, type EngineWorkflowOptions, openEngine } from './open-engine.ts';

/** What is asked of rows, and what is made of the answers; options are called as the flags of `tutti map`. */
export interface MapOptions
  extends Pick<
      MapRequest,
      | 'prompt'
      | 'template'
      | 'task'
      | 'on'
      | 'system'
      | 'systemTemplate'
      | 'syntax'
      | 'parameters'
      | 'samples'
      | 'column'
      | 'columns'
      | 'single'
      | 'reasks'
      | 'maxObjects'
      | 'onTruncated'
      | 'near'
      | 'dropEmpty'
      | 'overflow'
      | 'chunkChars'
      | 'overlapChars'
      | 'missing'
      | 'overwrite'
      | 'explode'
      | 'keepSource'
      | 'keep'
      | 'dedupeRows'
      | 'dedupeNear'
      | 'setup'
    >,
    Pick<
      EngineWorkflowOptions<never>,
      'folder' | 'attempts' | 'timeoutMs' | 'maxWaitMs' | 'stopAfter' | 'drain' | 'signal'
    > {
  /** Who is asked: a reference or alias, a model of `openModels`, or a list of them: then each row is asked of each. */
  readonly model: string | Model | readonly (string | Model)[];
  /** What comes out: a JSON Schema, its file, or a zod schema. */
  readonly schema?: string | JsonObject | ZodSchema | undefined;
  /** Through which everything is asked; default: one of its own, closed when all rows have been read. */
  readonly engine?: Engine | undefined;
}

/** A schema of zod, which says itself what it is. */
export interface ZodSchema {
  readonly _zod: object;
}

/** The rows that come out of a list, and what became of those that went in. */
export type MappedList<Row> = readonly Row[] & MapTotals;

/** A row of a table: an object, whose values are what JSON can hold. */
export type TableRow = object;

/** A table of Apache Arrow, as far as it is read. */
export interface ArrowTable {
  readonly schema: { readonly fields: readonly { readonly name: string }[] };
  [Symbol.iterator](): Iterator<{ toJSON(): object } | null>;
}

/** A row that comes out: the columns that went in, and those that were made. */
export type MappedRow<Row> = Row & { readonly [column: string]: JsonValue };

/**
 * Asks models about every row, and gives the rows with what came out, in their order: a promise of a list for a list,
 * else what is read once with `for await`. With `answers: true` each row comes with the sums of its calls.
 *
 * @throws TuttiError as `tutti map` does, as a rejection, or where it is read; also where rows are left because a model
 *   cannot be asked
 */
export function map<Row extends TableRow>(
  rows: readonly Row[],
  options: MapOptions & { readonly answers: true },
): Promise<MappedList<AnsweredRow<MappedRow<Row>>>>;
export function map<Row extends TableRow>(
  rows: readonly Row[],
  options: MapOptions & { readonly answers?: false | undefined },
): Promise<MappedList<MappedRow<Row>>>;
export function map<Row extends TableRow>(
  rows: Iterable<Row> | AsyncIterable<Row> | ArrowTable,
  options: MapOptions & { readonly answers: true },
): AsyncIterable<AnsweredRow<MappedRow<Row>>> & MapTotals;
export function map<Row extends TableRow>(
  rows: Iterable<Row> | AsyncIterable<Row> | ArrowTable,
  options: MapOptions & { readonly answers?: false | undefined },
): AsyncIterable<MappedRow<Row>> & MapTotals;
export function map(
  rows: Iterable<object> | AsyncIterable<object> | ArrowTable,
  options: MapOptions & { readonly answers?: boolean | undefined },
): Promise<MappedList<unknown>> | (AsyncIterable<unknown> & MapTotals) {
  const stream = new MapStream(objectsOf(rows), streamOptions(options));
  return Array.isArray(rows) ? listOf(stream) : stream;
}

function streamOptions(
  options: MapOptions & { readonly answers?: boolean | undefined },
): MapStreamOptions {
  const { engine, schema, model, answers = false, ...rest } = options;
  return {
    ...rest,
    answers,
    models: Array.isArray(model) ? model : [model as string | Model],
    schemaOf: () => jsonSchema(schema),
    // One that is made here is closed here.
    open: () => ({ engine: engine ?? openEngine(), isOwn: engine === undefined }),
  };
}

async function jsonSchema(schema: MapOptions['schema']): Promise<string | JsonObject | undefined> {
  if (schema === undefined || typeof schema === 'string') return schema;
  if (!('_zod' in schema)) return plainSchema(schema);
  const { toJSONSchema } = await import('zod');
  try {
    return toJSONSchema(schema as unknown as $ZodType) as unknown as JsonObject;
  } catch (error) {
    throw new TuttiError('bad_input', `schema: ${messageOf(error)}`);
  }
}

/** A schema of another library has functions, and would allow everything if it were read as a JSON Schema. */
function plainSchema(schema: JsonObject): JsonObject {
  const isPlain =
    isJsonObject(schema) &&
    !Object.values(schema).some((value: unknown) => typeof value === 'function');
  if (isPlain) return schema;
  throw new TuttiError('bad_input', 'schema is neither a JSON Schema nor one of zod 4', {
    hint: 'Give what the library of the schema writes as its JSON Schema.',
  });
}

async function listOf(stream: MapStream): Promise<MappedList<unknown>> {
  const list: unknown[] = [];
  for await (const row of stream) list.push(row);
  const { usage, costUsd, counts, failures } = stream;
  return Object.assign(list, { usage, costUsd, counts, failures });
}

/** Rows as objects of JSON. @throws TuttiError `bad_input` for what is none */
async function* objectsOf(
  rows: Iterable<object> | AsyncIterable<object> | ArrowTable,
): AsyncGenerator<JsonObject, void, void> {
  if (!givesRows(rows)) {
    const what = 'there are no rows to read: this is no list, no iterable and no Arrow table';
    throw new TuttiError('bad_input', what, { hint: 'Rows are objects: [{ text: "…" }, …].' });
  }
  if (isArrowTable(rows) && 'batches' in rows) {
    const { arrowTableRows } = await import('../io/arrow/index.ts');
    return yield* arrowTableRows(rows);
  }
  let number = 0;
  for await (const row of rows as Iterable<object> | AsyncIterable<object>) {
    const plain = isArrowTable(rows) ? (row as { toJSON(): object }).toJSON() : row;
    yield asObject(plain, number++);
  }
}

function givesRows(rows: unknown): boolean {
  return (
    typeof rows === 'object' &&
    rows !== null &&
    (Symbol.iterator in rows || Symbol.asyncIterator in rows)
  );
}

function isArrowTable(rows: object): rows is ArrowTable {
  return (
    !Array.isArray(rows) && 'schema' in rows && isJsonObject(rows.schema) && 'fields' in rows.schema
  );
}

function asObject(row: unknown, number: number): JsonObject {
  const problem = (why: string) =>
    new TuttiError('bad_input', `row ${number + 1} is no row: ${why}`, {
      hint: 'Rows are objects of what JSON can hold.',
    });
  if (!isJsonObject(row)) throw problem('it is no object');
  try {
    return parseExactJson(JSON.stringify(row, exactValue)) as JsonObject;
  } catch (error) {
    throw problem(error instanceof Error ? error.message : String(error));
  }
}

/** Whole numbers of any length stay what they are. */
function exactValue(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? JSON.rawJSON(String(value)) : value;
}

/**
 * Makes rows of the cells of one column that hold a JSON list of objects, or an object; asks nobody. The column goes
 * where no row still needs it.
 *
 * @throws TuttiError `bad_input` where there is no such column, or a key of an object is a column already
 */
export async function explode<Row extends TableRow>(
  rows: Iterable<Row> | AsyncIterable<Row> | ArrowTable,
  column: string,
  options: { readonly keepSource?: boolean; readonly overwrite?: boolean } = {},
): Promise<readonly JsonObject[]> {
  const { explodedRows } = await import('../map/index.ts');
  const read: JsonObject[] = [];
  for await (const row of objectsOf(rows)) read.push(row);
  return explodedRows(read, column, options);
}

export type { AnsweredRow, MapFailure, MapTotals };
