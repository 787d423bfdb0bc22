import { numberOf, parseExactJson } from '../../core/exact-json.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import { isNestedTooDeeply } from '../../core/json-depth.ts';
import { nearestName } from '../../core/nearest-name.ts';
import type { ExperimentRow, ModelSelector } from './experiment-row.ts';
import { jsonMistakeIndex } from './json-mistake.ts';
import { keyColumn } from './key-column.ts';
import type { Problem } from './problem.ts';
import { quoted } from './quoted.ts';
import { readPrompt } from './read-prompt.ts';
import { readReplyForm, type WantedReply } from './reply-form.ts';
import { isRowKey, ROW_KEYS } from './row-keys.ts';
import { RowProblem } from './row-problem.ts';

/** Parameters that nearly every provider has; outside of `parameters` they are not sent. */
const PARAMETERS: ReadonlySet<string> = new Set([
  'temperature',
  'top_p',
  'top_k',
  'max_tokens',
  'max_completion_tokens',
  'max_output_tokens',
  'n',
  'seed',
  'stop',
  'system',
  'response_format',
]);
const MODES = ['chat', 'completion'];
const SAFETY_FILTERS = ['none', 'few', 'some', 'default', 'most'];
const MAX_SAMPLES = 1_000;

/**
 * Reads one line of an experiment.
 *
 * @param text the line without its end
 * @param line its number, for the problem
 * @param source the line as its user wrote it, for the column of the problem; null where that is no JSON; default the text
 */
export function parseRow(
  text: string,
  line: number,
  source: string | null = text,
): ExperimentRow | Problem {
  let value: JsonValue;
  try {
    value = parseExactJson(text);
  } catch {
    return jsonProblem(text, line);
  }
  try {
    return readRow(value);
  } catch (error) {
    if (!(error instanceof RowProblem)) throw error;
    const { message, hint, path } = error;
    const column = path.length === 0 || source === null ? null : keyColumn(source, path);
    return { severity: 'error', line, column, message, hint };
  }
}

/** Tells a row from what is wrong with it. */
export function isProblem(result: ExperimentRow | Problem): result is Problem {
  return 'severity' in result;
}

/**
 * Finds what is allowed but hardly meant, for `check`: keys like known ones, and two models in one row.
 *
 * @param source where columns are counted; null: nowhere
 */
export function findSuspicions(
  text: string,
  line: number,
  source: string | null = text,
): Problem[] {
  const value = parseExactJson(text);
  if (!isJsonObject(value)) return [];
  const warning = (key: string, message: string, hint: string | null): Problem => ({
    severity: 'warning',
    line,
    column: source === null ? null : keyColumn(source, [key]),
    message,
    hint,
  });
  const warnings = Object.keys(value).flatMap((key) => {
    if (PARAMETERS.has(key)) {
      const message = `${quoted(key)} beside "parameters" is only carried along, not sent`;
      return [warning(key, message, 'Put it into "parameters".')];
    }
    if (key.length < 4 || isRowKey(key)) return [];
    // "name", "note" and "role" are words of their own, and not "mode".
    const nearest = nearestName(key, ROW_KEYS, key.length < 5 ? 1 : undefined);
    if (nearest === undefined) return [];
    const message = `the key ${quoted(key)} means nothing here and is only carried along`;
    return [warning(key, message, `did you mean "${nearest}"?`)];
  });
  if (value.mode === 'completion' && typeof value.api === 'string' && Array.isArray(value.prompt)) {
    const message = '"mode" has no meaning for a prompt that is a list: it is asked as a chat';
    warnings.push(warning('mode', message, 'Leave it out.'));
  }
  if (typeof value.api === 'string' && typeof value.model === 'string') {
    const message = '"model" is only carried along, because the row has "api" and "model_name"';
    warnings.push(warning('model', message, null));
  }
  return warnings;
}

function readRow(value: JsonValue): ExperimentRow {
  if (!isJsonObject(value)) throw new RowProblem('the line is not a JSON object');
  requireKey(value, 'prompt');
  const parameters = readParameters(value.parameters);
  const { n, ...others } = parameters;
  const selector = readSelector(value);
  const turns = readPrompt(value.prompt);
  const form = promptForm(value.prompt);
  const samples = readSamples(n);
  return {
    id: readId(value.id),
    selector,
    promptForm: form,
    turns,
    parameters: n === undefined ? parameters : others,
    samples,
    mode: readMode(value, isModeIgnored(selector, form)),
    safetyFilter: readChoice(value, 'safety_filter', SAFETY_FILTERS),
    stream: readSwitch(value, 'stream'),
    keepRaw: readSwitch(value, 'keep_raw'),
    reply: readReply(value, turns.length * samples),
  };
}

function readReply(row: JsonObject, calls: number): WantedReply | null {
  const form = readText(row, 'reply_form');
  if (form === null) return null;
  const reply = readReplyForm(form, row.reply_key);
  if ('problem' in reply) {
    throw new RowProblem(`"${reply.key}" ${reply.problem}`, { key: reply.key });
  }
  if (calls === 1) return reply;
  throw new RowProblem('a row with "reply_form" has one user turn, and "n" is 1', {
    key: 'reply_form',
  });
}

function readSelector(row: JsonObject): ModelSelector {
  const group = row.group === '' ? null : readText(row, 'group');
  if (typeof row.api === 'string' || (row.model === undefined && row.model_name !== undefined)) {
    requireKey(row, 'api');
    refuseModelBesideApi(row);
    const api = readText(row, 'api');
    return { reference: null, api, modelName: readName(row, 'model_name'), group };
  }
  requireKey(row, 'model');
  return { reference: readName(row, 'model'), api: null, modelName: null, group };
}

/** A list of several names has become a row for each by now. */
function readName(row: JsonObject, key: 'model' | 'model_name'): string | null {
  if (!Array.isArray(row[key])) return readText(row, key);
  throw new RowProblem(`"${key}" must be a list of texts that are not empty, each once`, { key });
}

function promptForm(prompt: JsonValue | undefined): ExperimentRow['promptForm'] {
  if (typeof prompt === 'string') return 'text';
  return Array.isArray(prompt) && typeof prompt.at(-1) === 'string' ? 'turns' : 'messages';
}

/** prompto knows a mode of one text only: what it asks of a list is a chat, whatever the row says. */
function isModeIgnored({ reference }: ModelSelector, form: ExperimentRow['promptForm']): boolean {
  return reference === null && form !== 'text';
}

function readMode(row: JsonObject, isIgnored: boolean): ExperimentRow['mode'] {
  const isCompletion = readChoice(row, 'mode', MODES) === 'completion';
  return isCompletion && !isIgnored ? 'completion' : 'chat';
}

function readParameters(value: JsonValue | undefined): JsonObject {
  if (value === undefined || value === null) return {};
  if (isJsonObject(value) && !JSON.isRawJSON(value)) return value;
  throw new RowProblem('"parameters" must be an object', { key: 'parameters' });
}

function readSamples(n: JsonValue | undefined): number {
  if (n === undefined || n === null) return 1;
  const count = numberOf(n);
  if (count !== null && Number.isInteger(count) && count >= 1 && count <= MAX_SAMPLES) return count;
  throw new RowProblem(`"n" must be a whole number from 1 to ${MAX_SAMPLES}`, {
    key: 'n',
    inside: 'parameters',
  });
}

/** An id is text or a number; prompto's tables write a missing one as null. */
function readId(id: JsonValue | undefined): string | null {
  if (id === undefined || id === null) return null;
  if (typeof id === 'string') return id;
  if (typeof id === 'number' || JSON.isRawJSON(id)) return JSON.stringify(id);
  throw new RowProblem('"id" must be a text or a number', { key: 'id' });
}

function readText(row: JsonObject, key: string): string | null {
  const value = row[key];
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' && value !== '') return value;
  throw new RowProblem(`"${key}" must be a text that is not empty`, { key });
}

function readChoice(row: JsonObject, key: string, choices: readonly string[]): string | null {
  const text = readText(row, key);
  if (text === null || choices.includes(text)) return text;
  const nearest = nearestName(text, choices);
  throw new RowProblem(`"${key}" is ${quoted(text)}`, {
    key,
    hint: nearest ? `did you mean "${nearest}"?` : `known: ${choices.join(', ')}`,
  });
}

/** Tables write a switch as text. */
function readSwitch(row: JsonObject, key: string): boolean | null {
  const value = row[key];
  if (value === undefined || value === null || value === '') return null;
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  throw new RowProblem(`"${key}" must be true or false`, { key });
}

function requireKey(row: JsonObject, key: string): void {
  if (row[key] !== undefined && row[key] !== null) return;
  const others = Object.keys(row).filter((name) => !isRowKey(name));
  const typo = others.find((name) => nearestName(name, [key]) === key);
  throw new RowProblem(
    typo ? `the row has no "${key}" but ${quoted(typo)}` : `the row has no "${key}"`,
    typo ? { key: typo, hint: `did you mean "${key}"?` } : missingHint(row, key),
  );
}

/** A row with `model` and `api` may be meant as either form. Which APIs do without a name, the models know. */
function refuseModelBesideApi(row: JsonObject): void {
  const isPair = row.model_name !== undefined && row.model_name !== null;
  if (isPair || typeof row.model !== 'string') return;
  throw new RowProblem('the row has "api" but no "model_name"', {
    key: 'api',
    hint: 'leave "api" out to use "model", or add "model_name"',
  });
}

function missingHint(row: JsonObject, key: string): { hint?: string } {
  if (row.body !== undefined && row.custom_id !== undefined) {
    return { hint: 'this looks like a line of a batch API; a file of such begins with one' };
  }
  return key === 'model'
    ? {
        hint: 'such as "model": "openai/NAME", or "api" and "model_name"; -m names models for all rows without one',
      }
    : {};
}

function jsonProblem(text: string, line: number): Problem {
  if (isNestedTooDeeply(text)) {
    const message = 'the line is nested more than 1,000 deep';
    return { severity: 'error', line, column: null, message, hint: null };
  }
  const index = jsonMistakeIndex(text);
  const message =
    index >= text.trimEnd().length
      ? 'the line is not JSON: it ends too soon'
      : `the line is not JSON: unexpected ${JSON.stringify(text.slice(index, index + 20))}`;
  return { severity: 'error', line, column: index + 1, message, hint: null };
}
