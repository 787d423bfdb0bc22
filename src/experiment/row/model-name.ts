import type { JsonObject, JsonValue } from '../../core/json.ts';
import type { ModelSelector } from './experiment-row.ts';

/** The name of a row's model as a reference, whether or not anything is called so. */
export function modelName({ reference, api, modelName: name }: ModelSelector): string {
  return reference ?? (name === null ? `${api}` : `${api}/${name}`);
}

/**
 * The model that a row of results names, as a reference: `api` and `model_name` before `model`, as they are asked; of a
 * row that was not checked, what it has of these. Null where it names none.
 */
export function modelOfRow({ model, api, model_name: name }: JsonObject): string | null {
  if (isName(api) && isName(name)) return `${api}/${name}`;
  return [model, name, api].find(isName) ?? null;
}

function isName(value: JsonValue | undefined): value is string {
  return typeof value === 'string' && value !== '';
}
