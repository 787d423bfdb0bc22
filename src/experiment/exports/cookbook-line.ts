import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import { completion } from './batch-result-line.ts';
import type { ResultRow } from './result-row.ts';

/**
 * Writes a row as the cookbook's parallel processor does: `[request, response]`, or `[request, [error]]` where it
 * failed, with the row's `metadata` behind it, else its id.
 */
export function cookbookLine(row: ResultRow): string {
  const { input, answer } = row;
  const response = answer?.status === 'ok' ? completion(row, answer) : [errorText(answer)];
  const metadata = input.metadata ?? (input.id === undefined ? undefined : { id: input.id });
  return JSON.stringify([
    request(input),
    response,
    ...(metadata === undefined || metadata === null ? [] : [metadata]),
  ]);
}

function request({ prompt = null, model, model_name, parameters, mode }: JsonObject): JsonObject {
  const others = isJsonObject(parameters) ? parameters : {};
  const name = modelId(model_name ?? model);
  if (mode === 'completion') return { model: name, prompt, ...others };
  return { model: name, messages: messages(prompt), ...others };
}

/** What a provider calls the model of a reference. */
function modelId(reference: JsonValue | undefined): JsonValue {
  if (typeof reference !== 'string') return reference ?? null;
  return reference.replace(/^.*#/, '').replace(/^(?:openai|openai-responses|azure-openai)\//, '');
}

function messages(prompt: JsonValue): JsonValue {
  const turns = Array.isArray(prompt) ? (prompt as readonly JsonValue[]) : [prompt];
  return turns.map((turn) => (typeof turn === 'string' ? { role: 'user', content: turn } : turn));
}

function errorText(answer: JsonObject | null): string {
  const error = answer?.error;
  return isJsonObject(error) ? `${error.code}: ${error.message}` : 'not_sent: not asked';
}
