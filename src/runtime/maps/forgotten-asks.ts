import { isJsonObject, type JsonValue } from '../../core/json.ts';
import { ONLY_STEP } from '../../map/index.ts';
import type { RowEnd } from '../../store/index.ts';

/** Failures that are those of an answer that came: it would be the same if it were kept. */
const OF_ANSWERS: ReadonlySet<unknown> = new Set(['partial', 'invalid_output', 'workflow_failed']);

/**
 * Names the calls that a row which has failed is asked anew, though they have answers: those of which an answer was not
 * what was asked for. Of several steps only those that failed; what came out right is kept.
 */
export function forgottenAsks({ answer, notes = {} }: RowEnd, isChain: boolean): readonly string[] {
  if (!isChain) return OF_ANSWERS.has(answer.error?.code) ? [ONLY_STEP] : [];
  const errors: readonly JsonValue[] = Array.isArray(notes.errors) ? notes.errors : [];
  const names = errors.flatMap((error) => {
    if (!isJsonObject(error) || !OF_ANSWERS.has(error.code)) return [];
    return typeof error.ask === 'string' ? [error.ask] : [];
  });
  return [...new Set(names)];
}
