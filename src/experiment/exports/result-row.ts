import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import { isPromptoError } from '../../core/prompto-error.ts';
import { turnCount } from '../row/read-prompt.ts';
import { fromAnswerColumns, hasAnswerColumns } from './answer-columns.ts';

/** A row of an experiment with what came of it. */
export interface ResultRow {
  /** The row without its answer. */
  readonly input: JsonObject;
  /** Null when it failed. */
  readonly response: JsonValue;
  /** What is known of the answer; null when the row was not asked. */
  readonly answer: JsonObject | null;
  /** The keys of `input` that came behind the answer, such as scores. */
  readonly added: readonly string[];
}

const NOTHING_ADDED: readonly string[] = [];

/**
 * Takes a line of a results file apart: of a run's, of a table of results, of prompto's (whose errors stand in
 * `response`), or of an experiment.
 */
export function resultRow(record: JsonObject): ResultRow {
  const { response, answer, ...input } = record;
  if (isJsonObject(answer) && typeof answer.status === 'string') {
    return { input, response: response ?? null, answer, added: keysBehind(record, 'answer') };
  }
  if (answer === undefined && hasAnswerColumns(input)) {
    return { response: response ?? null, ...fromAnswerColumns(input) };
  }
  const row = answer === undefined ? input : { ...input, answer };
  const added = NOTHING_ADDED;
  if (response === undefined) return { input: row, response: null, answer: null, added };
  if (isPromptoError(response)) {
    const error = { code: 'internal', message: response };
    return { input: row, response: null, answer: { status: 'error', error }, added };
  }
  return { input: row, response, answer: { status: 'ok' }, added };
}

function keysBehind(record: JsonObject, key: string): readonly string[] {
  const keys = Object.keys(record);
  return keys.at(-1) === key ? NOTHING_ADDED : keys.slice(keys.indexOf(key) + 1);
}

/** The texts of an answer: one for each completion, of several turns the last ones. */
export function completionTexts({ input, response }: ResultRow): readonly (string | null)[] {
  if (!Array.isArray(response)) return [typeof response === 'string' ? response : null];
  const parts = response as readonly JsonValue[];
  if (parts.some(Array.isArray)) return parts.map(lastText);
  return turnCount(input.prompt) > 1 ? [lastText(parts)] : parts.map(textOrNull);
}

function lastText(value: JsonValue): string | null {
  return textOrNull(Array.isArray(value) ? (value.at(-1) ?? null) : value);
}

function textOrNull(value: JsonValue): string | null {
  return typeof value === 'string' ? value : null;
}
