import type { Readable } from 'node:stream';
import { parseExactJson } from '../../core/exact-json.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import { isNestedTooDeeply } from '../../core/json-depth.ts';
import { type ResultRow, resultRow } from '../exports/result-row.ts';
import { readRecords } from '../forms/read-records.ts';

/** A line of a results file. */
export interface ResultLine {
  /** Number of the line, counted from 1. */
  readonly line: number;
  readonly text: string;
  /** Null where the line is no JSON object. */
  readonly row: ResultRow | null;
}

/** A line that is a row. */
export interface FoundLine extends ResultLine {
  readonly row: ResultRow;
}

/** Tells a line that is a row from one that is none. */
export function isFound(line: ResultLine): line is FoundLine {
  return line.row !== null;
}

/**
 * Reads a results file or an experiment, of any form, as batches of its lines; those that are no rows are among them.
 *
 * @throws TuttiError `file_missing`, `file_unreadable`; `bad_input` for what is no table
 */
export async function* readResultLines(
  source: string | Readable,
): AsyncGenerator<readonly ResultLine[], void> {
  const name = typeof source === 'string' ? source : 'the input';
  for await (const records of readRecords(source, { name, parse })) {
    yield records.map(({ line, text, record }) => {
      return { line, text, row: typeof record === 'string' ? null : resultRow(record) };
    });
  }
}

/**
 * The id by which a row is found, as JSON, so that `2` is not `"2"`; undefined where it has none. A line of a batch API
 * calls its id `custom_id`.
 */
export function idTextOf({ row, text }: FoundLine, key: string): string | undefined {
  const name = key === 'id' && own(row.input, 'id') === undefined ? 'custom_id' : key;
  const value = own(row.input, name);
  if (value === undefined) return undefined;
  if (typeof value === 'string' || Number.isSafeInteger(value)) return JSON.stringify(value);
  return JSON.stringify(own(parseExactJson(text) as JsonObject, name));
}

/** True where a row has an answer, whatever that says. */
export function isAnswered({ answer }: ResultRow): boolean {
  return answer?.status === 'ok';
}

function own(object: JsonObject, key: string): JsonValue | undefined {
  const value = Object.hasOwn(object, key) ? object[key] : undefined;
  return value === null ? undefined : value;
}

/**
 * Reads numbers as JavaScript does, which is four times as fast where a line has unusual ones, unless digits count: in an
 * id and a response.
 */
function parse(text: string): unknown {
  if (isNestedTooDeeply(text)) throw new SyntaxError('nested too deeply');
  const value: unknown = JSON.parse(text);
  return isJsonObject(value) && !hasNoDigits(value.response) ? parseExactJson(text) : value;
}

function hasNoDigits(response: JsonValue | undefined): boolean {
  if (Array.isArray(response)) return response.every((one) => typeof one === 'string');
  return response === undefined || response === null || typeof response === 'string';
}
