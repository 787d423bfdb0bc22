import { type AnswerError, isCut } from '../core/answer.ts';
import type { JsonObject, JsonValue } from '../core/json.ts';
import type { Model } from '../core/model.ts';
import { AnswerFailure, type Question, type WorkflowContext } from '../core/workflow.ts';
import { askForData } from './ask-for-data.ts';
import { askAll } from './ask-samples.ts';
import { askWithin, type Outcome } from './ask-within.ts';
import type { MapPlan } from './map-plan.ts';

/**
 * Asks for a row what its step asks: prompt, samples, further asks for what was not as it should be, shorter prompts.
 *
 * @returns texts (one, or a list where there are several samples), or the list of objects
 * @throws AnswerFailure where the row fails; it shows the text of an answer that could not be used
 */
export async function askRow(
  plan: MapPlan,
  model: Model,
  row: JsonObject,
  context: WorkflowContext,
): Promise<JsonValue> {
  const outcome = await outcomeOfRow(plan, model, row, context);
  if (outcome.skipped !== undefined) {
    context.note({ skipped: outcome.skipped });
    return null;
  }
  if (Object.keys(outcome.notes).length > 0) context.note(outcome.notes);
  if (outcome.error !== null) throw new AnswerFailure(outcome.error, outcome.value);
  return outcome.value;
}

/** Asks the same, and says what came of it: of a failure, too. */
export function outcomeOfRow(
  plan: MapPlan,
  model: Model,
  row: JsonObject,
  context: Pick<WorkflowContext, 'ask'>,
): Promise<Outcome> {
  return askWithin(plan, row, (asked, name) =>
    askSamples({ ...plan, name }, model, asked, context),
  );
}

/** All samples of a prompt: in one request where the model gives several choices at once. */
async function askSamples(
  plan: MapPlan,
  model: Model,
  question: Question,
  context: Pick<WorkflowContext, 'ask'>,
): Promise<Outcome> {
  if (plan.output.kind === 'data') {
    return askForData({ ...plan, output: plan.output }, model, question, context);
  }
  const answers = await askAll(plan, model, question, context);
  const failed = answers.find(({ error }) => error !== null);
  if (failed?.error) return { value: null, error: failed.error, notes: {} };
  const texts = answers.flatMap((answer) => answer.texts);
  const value: JsonValue = plan.samples === 1 ? (texts[0] ?? null) : texts;
  if (!answers.some(isCut)) return { value, error: null, notes: {} };
  return plan.output.failsOnCut
    ? { value, error: cutError(), notes: {} }
    : { value, error: null, notes: { truncated: true } };
}

function cutError(): AnswerError {
  return {
    code: 'invalid_output',
    message: 'the answer was cut at the token limit',
    hint: 'Allow longer answers, such as --param max_tokens=4000, or keep cut ones: --on-truncated keep.',
    retryable: false,
    httpStatus: null,
    partialText: null,
  };
}
