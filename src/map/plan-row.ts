import { parseExactJson } from '../core/exact-json.ts';
import { isJsonObject, type JsonObject } from '../core/json.ts';
import type { Message } from '../core/message.ts';
import { isComposite, type Model } from '../core/model.ts';
import { TuttiError } from '../core/tutti-error.ts';
import type { RowPlan } from '../run/index.ts';
import type { MapPlan } from './map-plan.ts';

/** A model as far as it says how rows are asked. */
export type AskedModel = Pick<Model, 'severalChoices'> & { readonly isComposite?: boolean };

/** True for a map in which a row is one call, whatever comes back. */
export function isOneCall(
  { samples, overflow, output }: MapPlan,
  { severalChoices, isComposite: hasParts = false }: AskedModel,
): boolean {
  if (hasParts || overflow !== 'error' || output.kind !== 'text' || output.failsOnCut) return false;
  return samples === 1 || severalChoices;
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
  const hasParts = isComposite(model);
  if (!hasParts && isOneCall(plan, model)) {
    const request = { ...questionOf(plan, row), choices: plan.samples };
    return { kind: 'call', model, request };
  }
  return {
    kind: 'workflow',
    // What a row of several calls takes is loaded only where there is one.
    run: async (context) => (await import('./ask-row.ts')).askRow(plan, model, row, context),
  };
}

/** A row by its text. @throws TuttiError `bad_input` when it is none */
export function rowOf(text: string): JsonObject {
  const row = parseExactJson(text);
  if (isJsonObject(row)) return row;
  throw new TuttiError('bad_input', 'a row of the run is no object any more', {
    hint: 'Something has changed input.jsonl since the run began; begin another with --new.',
  });
}

/** What is asked about a row. */
export function questionOf(plan: MapPlan, row: JsonObject) {
  const { parameters, stream, keepRaw } = plan;
  return { messages: messagesOf(plan, row), parameters, stream, keepRaw };
}

/** The conversation that a row begins with. */
export function messagesOf(
  { prompt, system, emptyColumns }: MapPlan,
  row: JsonObject,
): readonly Message[] {
  const values = filled(row, emptyColumns);
  const asked: Message = { role: 'user', content: prompt.render(values) };
  return system === null ? [asked] : [{ role: 'system', content: system.render(values) }, asked];
}

function filled(row: JsonObject, columns: readonly string[]): JsonObject {
  const lacking = columns.filter((name) => !Object.hasOwn(row, name));
  return lacking.length === 0
    ? row
    : { ...row, ...Object.fromEntries(lacking.map((name) => [name, ''])) };
}
