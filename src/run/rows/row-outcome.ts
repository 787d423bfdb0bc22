import type { Answer, AnswerError } from '../../core/answer.ts';
import { parseKeepingNumbers } from '../../core/exact-json.ts';
import type { JsonObject, JsonValue } from '../../core/json.ts';
import { lostByJson } from '../../core/lost-by-json.ts';
import type { RowEnd } from '../../store/index.ts';
import { workflowFailed } from './thrown-error.ts';

/** A longer line of the journal could not be read again; in characters. */
const MAX_RESULT = 64 * 1024 * 1024;

const HINT =
  'Return what JSON can hold: texts, numbers, lists, plain objects. What is big goes into a file of its own.';

/** What a workflow has come to. */
export interface RowOutcome {
  /** Of one that failed what it shows all the same; null: nothing. */
  readonly result: JsonValue;
  readonly error: AnswerError | null;
  /** Further keys of the row's record; undefined: none. */
  readonly notes?: JsonObject | undefined;
}

/**
 * What is kept of a workflow's result: what its JSON says, so that no later change and no method of it can make
 * it another one, and reading it again gives the same. What cannot be written as JSON is no result.
 */
export function outcomeOf(
  result: JsonValue,
  error: AnswerError | null,
  notes?: JsonObject,
): RowOutcome {
  if (result === null && notes === undefined) return { result, error };
  let what = 'its result';
  try {
    const kept = asJson(result);
    what = 'what it noted';
    return { result: kept, error, ...(notes && { notes: asJson(notes) }) };
  } catch (cause) {
    if (error !== null) return { result: null, error };
    return failed(`${what} ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

/** @throws with what is wrong, as the end of a sentence */
function asJson<Value extends JsonValue>(value: Value): Value {
  // Each unit of a text is at most six characters of its JSON.
  if (typeof value === 'string' && value.length < MAX_RESULT / 8) return value;
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch (cause) {
    throw new Error(`is not JSON: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
  const lost = lostByJson(value, text);
  if (lost !== undefined) throw new Error(`is ${lost}, of which JSON keeps nothing`);
  if (text === undefined) return null as Value;
  if (text.length > MAX_RESULT) throw new Error(`has more than ${MAX_RESULT} characters`);
  return typeof value === 'string' ? value : (parseKeepingNumbers(text) as Value);
}

function failed(what: string): RowOutcome {
  return { result: null, error: workflowFailed(what, HINT) };
}

/** A row of one call ends with its answer: its text, or the list of its choices, is the result. */
export function endOfOnlyCall(answer: Answer): RowEnd {
  const { texts, latencyMs } = answer;
  const result: JsonValue = texts.length === 1 ? texts[0]! : texts.length === 0 ? null : texts;
  return { result, answer, wallMs: latencyMs };
}
