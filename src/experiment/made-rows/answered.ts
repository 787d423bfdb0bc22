import type { JsonObject, JsonValue } from '../../core/json.ts';
import { resultRow } from '../exports/result-row.ts';

/** Whether a row has an answer that can be judged. */
export type AnswerState = 'answered' | 'error' | 'empty';

/** Tells whether a record has an answer, an error, or nothing: no text but white space. */
export function answerState(record: JsonObject): AnswerState {
  const { answer, response } = resultRow(record);
  if (answer !== null && answer.status !== 'ok') return 'error';
  return hasText(response) ? 'answered' : 'empty';
}

function hasText(response: JsonValue): boolean {
  if (typeof response === 'string') return response.trim() !== '';
  return Array.isArray(response) && response.some(hasText);
}
