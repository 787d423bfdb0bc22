import { type AnswerError, answerError } from '../../core/answer.ts';
import { CallError } from '../../core/call-error.ts';
import type { JsonValue } from '../../core/json.ts';
import { wordsOf } from '../../core/thrown-message.ts';
import { AnswerFailure } from '../../core/workflow.ts';

/** The error of a row, or of a composite model, whose workflow threw something. */
export function errorOfThrown(thrown: unknown): AnswerError {
  try {
    if (thrown instanceof AnswerFailure) return thrown.error;
    if (thrown instanceof CallError) return answerError(thrown);
    return workflowFailed(`the workflow failed: ${wordsOf(thrown)}`);
  } catch {
    // What was thrown may be anything, even something that cannot be looked at.
    return workflowFailed('the workflow failed: it threw something that is no error');
  }
}

/** What a workflow threw, if it is of a kind; what was thrown may be anything, even something that cannot be looked at. */
export function thrownAs<Kind>(
  thrown: unknown,
  kind: abstract new (...given: never[]) => Kind,
): Kind | undefined {
  try {
    return thrown instanceof kind ? thrown : undefined;
  } catch {
    return undefined;
  }
}

/** What a row shows all the same whose workflow threw something, null for nothing, and its error. */
export function failureOf(thrown: unknown): readonly [response: JsonValue, error: AnswerError] {
  return [thrownAs(thrown, AnswerFailure)?.response ?? null, errorOfThrown(thrown)];
}

/** The error of a workflow that does what it must not. */
export function workflowFailed(message: string, hint: string | null = null): AnswerError {
  const nothing = { httpStatus: null, partialText: null };
  return { code: 'workflow_failed', message, hint, retryable: false, ...nothing };
}

/** The error of a workflow that asks twice by one name. */
export function askedTwice(name: string): AnswerError {
  return workflowFailed(
    `the workflow asks twice by the name "${name}"`,
    'Give each call of a row a name of its own, such as `critique/2`.',
  );
}

/** The error of a workflow that waits for no call. */
export function waitedTooLong(): AnswerError {
  return workflowFailed(
    'the workflow has waited for no call for too long',
    'A longer rowTimeoutMs gives it more time; 0 lets it take any.',
  );
}

/** A promise that has failed with what is told elsewhere: nobody need wait for it, and the program does not end by it. */
export function toldRejection(error: Error): Promise<never> {
  const rejected = Promise.reject(error);
  rejected.catch(() => {});
  return rejected;
}
