import { type AnswerError, answerError } from '../../core/answer.ts';
import { CallError } from '../../core/call-error.ts';
import type { JsonValue } from '../../core/json.ts';
import { plainLine } from '../../core/plain-text.ts';
import { wordsOf } from '../../core/thrown-message.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { AnswerFailure } from '../../core/workflow.ts';

/** Source files, or the folder of the package with what is bundled. */
const OWN_FILES = new URL('../../', import.meta.url).href;

/** The error of a row, or of a composite model, whose workflow threw something. */
export function errorOfThrown(thrown: unknown): AnswerError {
  try {
    if (thrown instanceof AnswerFailure) return thrown.error;
    if (thrown instanceof CallError) return answerError(thrown);
    const said = `the workflow failed: ${nameOf(thrown)}${wordsOf(thrown)}`;
    if (thrown instanceof TuttiError) return workflowFailed(said, thrown.hint ?? null);
    const place = thrown instanceof Error ? placeOf(thrown.stack, OWN_FILES) : undefined;
    return workflowFailed(said, place === undefined ? null : `It was thrown at ${place}.`);
  } catch {
    // What was thrown may be anything, even something that cannot be looked at.
    return workflowFailed('the workflow failed: it threw something that is no error');
  }
}

/** What stands before the words of an error: what kind it is, where that tells something. */
function nameOf(thrown: unknown): string {
  if (!(thrown instanceof Error) || thrown instanceof TuttiError || !thrown.message) return '';
  return thrown.name === 'Error' ? '' : `${thrown.name}: `;
}

/**
 * Finds where an error was thrown, as `refine.ts:12:5`: the first place of its stack that is neither Node's own nor in
 * the files of the package. The folders are left out: what a row says may be shown to others.
 *
 * @param own the address of the package's files
 */
export function placeOf(stack: string | undefined, own: string): string | undefined {
  for (const line of (stack ?? '').split('\n')) {
    const place = /^ +at (?:.* \()?([^()]+:\d+:\d+)\)?$/.exec(line)?.[1];
    if (place === undefined || place.startsWith('node:') || place.includes(own)) continue;
    return plainLine(
      place.slice(Math.max(place.lastIndexOf('/'), place.lastIndexOf('\\')) + 1),
      100,
    );
  }
  return undefined;
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
