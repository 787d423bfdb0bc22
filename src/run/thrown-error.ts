import { type AnswerError, answerError } from '../core/answer.ts';
import { CallError } from '../core/call-error.ts';
import type { JsonValue } from '../core/json.ts';
import { AnswerFailure } from '../core/workflow.ts';

/** The error of a row, or of a composite model, whose workflow threw something. */
export function errorOfThrown(thrown: unknown): AnswerError {
  try {
    if (thrown instanceof AnswerFailure) return thrown.error;
    if (thrown instanceof CallError) return answerError(thrown);
    const message = thrown instanceof Error ? String(thrown.message) : String(thrown);
    return workflowFailed(`the workflow failed: ${message}`);
  } catch {
    // What was thrown may be anything, even something that cannot be looked at.
    return workflowFailed('the workflow failed: it threw something that is no error');
  }
}

/** What a row shows all the same whose workflow threw something; null: nothing. */
export function responseOfThrown(thrown: unknown): JsonValue {
  try {
    return thrown instanceof AnswerFailure ? thrown.response : null;
  } catch {
    return null;
  }
}

/** The error of a workflow that does what it must not. */
export function workflowFailed(message: string, hint: string | null = null): AnswerError {
  const nothing = { httpStatus: null, partialText: null };
  return { code: 'workflow_failed', message, hint, retryable: false, ...nothing };
}
