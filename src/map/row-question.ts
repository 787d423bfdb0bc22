import type { JsonObject } from '../core/json.ts';
import type { Message } from '../core/message.ts';
import type { MapPlan } from './map-plan.ts';

/** What is asked about a row. */
export function questionOf(plan: MapPlan, row: JsonObject) {
  const { parameters, stream, keepRaw, output } = plan;
  const schema = output.kind === 'data' ? output.schema : undefined;
  return { messages: messagesOf(plan, row), parameters, stream, keepRaw, schema };
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
