import type { Answer, AnswerError } from '../core/answer.ts';
import type { JsonValue } from '../core/json.ts';
import type { RowEnd } from '../store/index.ts';
import { workflowFailed } from './thrown-error.ts';

/** A longer line of the journal could not be read again; in characters. */
const MAX_RESULT = 64 * 1024 * 1024;

/** What a workflow has come to. */
export interface RowOutcome {
  /** Null where it failed. */
  readonly result: JsonValue;
  readonly error: AnswerError | null;
}

/**
 * What is kept of a workflow's result: what its JSON says, so that no later change and no method of it can make
 * it another one, and reading it again gives the same. What cannot be written as JSON is no result.
 */
export function outcomeOf(result: JsonValue, error: AnswerError | null): RowOutcome {
  if (error !== null) return { result: null, error };
  try {
    const text: string | undefined = JSON.stringify(result);
    if (text === undefined) return { result: null, error };
    if (text.length > MAX_RESULT) return failed(`has more than ${MAX_RESULT} characters`);
    return { result: typeof result === 'string' ? result : JSON.parse(text), error };
  } catch (cause) {
    return failed(`is not JSON: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

function failed(why: string): RowOutcome {
  return { result: null, error: workflowFailed(`its result ${why}`) };
}

/** A row of one call ends with its answer: its text, or the list of its choices, is the result. */
export function endOfOnlyCall(answer: Answer): RowEnd {
  const { texts, latencyMs } = answer;
  const result: JsonValue = texts.length === 1 ? texts[0]! : texts.length === 0 ? null : texts;
  return { result, answer, wallMs: latencyMs };
}
