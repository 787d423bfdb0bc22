import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';

/** Whether a row has an answer that can be judged. */
export type AnswerState = 'answered' | 'error' | 'empty';

/** What prompto writes in the place of an answer: the error's class, or that all attempts have failed. */
const PROMPTO_ERROR =
  /^(?:(?:NotImplementedError|KeyError|ValueError|TypeError|FileNotFoundError) - |An unexpected error occurred when querying the API: \()/;

/** Tells whether a record has an answer, an error, or nothing: no text but white space. */
export function answerState({ answer, response }: JsonObject): AnswerState {
  const isOwn = isJsonObject(answer) && typeof answer.status === 'string';
  if (isOwn && answer.status !== 'ok') return 'error';
  if (!isOwn && typeof response === 'string' && PROMPTO_ERROR.test(response)) return 'error';
  return hasText(response) ? 'answered' : 'empty';
}

function hasText(response: JsonValue | undefined): boolean {
  if (typeof response === 'string') return response.trim() !== '';
  return Array.isArray(response) && response.some(hasText);
}
