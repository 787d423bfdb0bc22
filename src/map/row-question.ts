import type { JsonObject } from '../core/json.ts';
import type { Message } from '../core/message.ts';
import { plainLine } from '../core/plain-text.ts';
import { TuttiError } from '../core/tutti-error.ts';
import { type Template, TemplateMistake } from '../templates/index.ts';
import type { MapPlan } from './map-plan.ts';

/** What is asked about a row. */
export function questionOf(plan: MapPlan, row: JsonObject) {
  const { parameters, stream, keepRaw, output } = plan;
  const schema = output.kind === 'data' ? output.schema : undefined;
  return { messages: messagesOf(plan, row), parameters, stream, keepRaw, schema };
}

/** The conversation that a row begins with. @throws TuttiError `bad_input` where a template cannot be filled in */
export function messagesOf(
  { prompt, system, emptyColumns }: MapPlan,
  row: JsonObject,
): readonly Message[] {
  const values = filled(row, emptyColumns);
  const asked: Message = { role: 'user', content: rendered(prompt, values) };
  return system === null ? [asked] : [{ role: 'system', content: rendered(system, values) }, asked];
}

/** Why the templates of a step cannot be filled in with a row; null where they can. */
export function fillingProblem(plan: MapPlan, row: JsonObject): string | null {
  if (!(plan.prompt.mayFail || plan.system?.mayFail)) return null;
  try {
    messagesOf(plan, row);
    return null;
  } catch (error) {
    if (error instanceof TuttiError) return error.message;
    throw error;
  }
}

function rendered(template: Template, values: JsonObject): string {
  try {
    return template.render(values);
  } catch (error) {
    if (!(error instanceof TemplateMistake)) throw error;
    const { line, column, message } = error;
    const place = line === null ? '' : ` at ${line}:${column}`;
    throw new TuttiError(
      'bad_input',
      `the row does not fit the template${place}: ${plainLine(message, 300)}`,
    );
  }
}

function filled(row: JsonObject, columns: readonly string[]): JsonObject {
  const lacking = columns.filter((name) => !Object.hasOwn(row, name));
  return lacking.length === 0
    ? row
    : { ...row, ...Object.fromEntries(lacking.map((name) => [name, ''])) };
}
