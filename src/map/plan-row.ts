import { type Answer, isCut } from '../core/answer.ts';
import { parseExactJson } from '../core/exact-json.ts';
import { isJsonObject, type JsonObject } from '../core/json.ts';
import { isComposite, type Model } from '../core/model.ts';
import { TuttiError } from '../core/tutti-error.ts';
import type { WorkflowContext } from '../core/workflow.ts';
import type { RowPlan } from '../run/index.ts';
import { readData } from './data/index.ts';
import type { MapPlan } from './map-plan.ts';
import { questionOf } from './row-question.ts';
import { choicesOf } from './text-choices.ts';

/** A model as far as it says how rows are asked. */
export type AskedModel = Pick<Model, 'severalChoices'> & { readonly isComposite?: boolean };

/** True for a map in which a row begins with one call for all that is asked. */
export function isOneCall(
  { samples }: Pick<MapPlan, 'samples'>,
  { severalChoices, isComposite: hasParts = false }: AskedModel,
): boolean {
  return !hasParts && (samples === 1 || severalChoices);
}

/** True for a map in which an answer may turn out not to be enough. */
export function mayNeedMore({ overflow, output }: Pick<MapPlan, 'overflow' | 'output'>): boolean {
  return overflow !== 'error' || output.kind === 'data' || output.failsOnCut;
}

/**
 * Says what is done for a row of a map.
 *
 * @param text the row, as the run keeps it
 * @throws TuttiError `bad_input` when it is no row
 */
export function planRow(text: string, plan: MapPlan, model: Model): RowPlan {
  return planOf(rowOf(text), plan, model);
}

/** Says what is done for a row of a map. */
export function planOf(row: JsonObject, plan: MapPlan, model: Model): RowPlan {
  // What a row of several calls takes is loaded only where there is one.
  const run = async (context: WorkflowContext) =>
    (await import('./ask-row.ts')).askRow(plan, model, row, context);
  if (isComposite(model) || !isOneCall(plan, model)) return { kind: 'workflow', run };
  const request = { ...questionOf(plan, row), choices: plan.samples };
  if (!mayNeedMore(plan)) return { kind: 'call', model, request };
  const isEnough = (answer: Answer) => isWholeAnswer(plan, answer);
  return { kind: 'call', model, request, more: { name: plan.name, isEnough, run } };
}

/** True where nothing is left to do for a row that has such an answer. */
function isWholeAnswer({ overflow, output }: MapPlan, answer: Answer): boolean {
  if (answer.error !== null) {
    return overflow === 'error' || answer.error.code !== 'context_too_long';
  }
  if (output.kind === 'text') return !(output.failsOnCut && isCut(answer));
  return choicesOf(answer).every(
    ({ text, finishReason }) => readData(text, finishReason, output.form).errors.length === 0,
  );
}

/** A row by its text. @throws TuttiError `bad_input` when it is none */
export function rowOf(text: string): JsonObject {
  const row = parseExactJson(text);
  if (isJsonObject(row)) return row;
  throw new TuttiError('bad_input', 'a row of the run is no object any more', {
    hint: 'Something has changed input.jsonl since the run began; begin another with --new.',
  });
}
