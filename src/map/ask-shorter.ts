import type { JsonObject } from '../core/json.ts';
import type { AskNamed, Outcome } from './ask-within.ts';
import type { MapPlan } from './map-plan.ts';
export async function askShorter(
  _plan: MapPlan,
  _row: JsonObject,
  first: Outcome,
  _ask: AskNamed,
): Promise<Outcome> {
  return first;
}
