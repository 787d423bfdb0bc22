import { numberOf } from '../../core/exact-json.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import { completionTexts, type ResultRow } from './result-row.ts';

/**
 * Writes a row as a line of the results of OpenAI's batches: its body is a `chat.completion` with all choices and what
 * was used; a failed one has an `error`.
 *
 * @param number its place among the rows, counted from 1; names a row without an id.
 */
export function batchResultLine(row: ResultRow, number: number): string {
  const { input, answer } = row;
  const start = { id: `batch_req_${number}`, custom_id: customId(input.id, number) };
  if (answer?.status !== 'ok') {
    const error = isJsonObject(answer?.error) ? answer.error : NOT_ASKED;
    const { code = null, message = null } = error;
    return JSON.stringify({ ...start, response: null, error: { code, message } });
  }
  const requestId = answer.request_id ?? null;
  const response = { status_code: 200, request_id: requestId, body: completion(row, answer) };
  return JSON.stringify({ ...start, response, error: null });
}

const NOT_ASKED: JsonObject = { code: 'not_sent', message: 'This row was not asked' };

/** The id of a row as text. */
function customId(id: JsonValue | undefined, number: number): string {
  if (id === undefined || id === null) return `row-${number}`;
  return typeof id === 'string' ? id : JSON.stringify(id);
}

/** Writes an answer as the body of Chat Completions. */
export function completion(row: ResultRow, answer: JsonObject): JsonObject {
  const started =
    typeof answer.started_at === 'string' ? Date.parse(answer.started_at) : Number.NaN;
  const details = Array.isArray(answer.choices) ? (answer.choices as readonly JsonValue[]) : [];
  const finishReason = answer.finish_reason ?? null;
  const texts = completionTexts(row);
  return {
    id: answer.request_id ?? null,
    object: 'chat.completion',
    created: Number.isNaN(started) ? null : Math.floor(started / 1000),
    model: answer.model ?? row.input.model ?? row.input.model_name ?? null,
    choices: texts.map((content, index) => {
      const choice = details[details.length === texts.length ? index : -1];
      return choiceJson(index, content, isJsonObject(choice) ? choice : {}, finishReason);
    }),
    ...(isJsonObject(answer.usage) && { usage: usageJson(answer.usage) }),
  };
}

function choiceJson(
  index: number,
  content: string | null,
  choice: JsonObject,
  finishReason: JsonValue,
): JsonObject {
  const calls = Array.isArray(choice.tool_calls) ? (choice.tool_calls as readonly JsonValue[]) : [];
  return {
    index,
    message: {
      role: 'assistant',
      content,
      refusal: choice.refusal ?? null,
      ...(calls.length > 0 && { tool_calls: calls.filter(isJsonObject).map(toolCallJson) }),
    },
    logprobs: Array.isArray(choice.logprobs) ? { content: choice.logprobs } : null,
    finish_reason: choice.finish_reason ?? finishReason,
  };
}

function toolCallJson({ id = null, name = null, arguments: given = '' }: JsonObject): JsonObject {
  return { id, type: 'function', function: { name, arguments: given } };
}

function usageJson({ input, cached, output, reasoning }: JsonObject): JsonObject {
  const total = (numberOf(input) ?? 0) + (numberOf(output) ?? 0);
  return {
    prompt_tokens: input ?? null,
    completion_tokens: output ?? null,
    total_tokens: input === null && output === null ? null : total,
    prompt_tokens_details: { cached_tokens: cached ?? 0 },
    completion_tokens_details: { reasoning_tokens: reasoning ?? 0 },
  };
}
