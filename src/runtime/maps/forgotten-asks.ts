import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import { type ChainPlan, ONLY_STEP } from '../../map/index.ts';
import type { RowEnd } from '../../store/index.ts';
import { stepOf } from './ask-counts.ts';

/** Failures that are those of an answer that came: it would be the same if it were kept. */
const OF_ANSWERS: ReadonlySet<unknown> = new Set(['partial', 'invalid_output', 'workflow_failed']);

/**
 * Names the calls that a row which has failed is asked anew, though they have answers: those of which an answer was not
 * what was asked for. Of several steps only those that failed; what came out right is kept.
 */
export function forgottenAsks({ answer, notes = {} }: RowEnd, isChain: boolean): readonly string[] {
  if (!isChain) return OF_ANSWERS.has(answer.error?.code) ? [ONLY_STEP] : [];
  return [...new Set(failedAsks(notes, (code) => OF_ANSWERS.has(code)))];
}

/**
 * Says of a row that has failed whether what other rows are asked hangs on it: whether something failed of it before a step
 * behind which rows are compared. What was a repeat of what it had may be none any more.
 *
 * @returns undefined where no rows are compared before the last step
 */
export function bearingOnOthers({
  steps,
}: Pick<ChainPlan, 'steps'>): ((end: RowEnd) => boolean) | undefined {
  const last = steps.slice(0, -1).findLastIndex(({ distinct }) => distinct !== null);
  if (last < 0) return undefined;
  const before = new Set(steps.slice(0, last + 1).map(({ plan }) => plan.name));
  return ({ notes = {} }) => {
    const asks = failedAsks(notes, () => true);
    return asks.length === 0 || asks.some((ask) => before.has(stepOf(ask)));
  };
}

function failedAsks({ errors }: JsonObject, isMeant: (code: unknown) => boolean): string[] {
  const all: readonly JsonValue[] = Array.isArray(errors) ? errors : [];
  return all.flatMap((error) =>
    isJsonObject(error) && typeof error.ask === 'string' && isMeant(error.code) ? [error.ask] : [],
  );
}
