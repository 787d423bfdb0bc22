import { CallError } from '../../core/call-error.ts';
import { isJsonObject, type JsonObject } from '../../core/json.ts';
import type { RequestToWrite } from '../provider.ts';
import type { JsonBody } from './json-body.ts';

/** Where a protocol wants the user's parameters, and which of them the user cannot set. */
export interface ParameterPlace {
  /** Keys that belong to tutti: model, messages, stream. */
  readonly reserved: readonly string[];
  /** Keys that are written as a default and that the user's parameter replaces. */
  readonly defaults: readonly string[];
  /** The parameter that asks for several choices in one request; null if there is none. */
  readonly choices: string | null;
  /** The key of an object that takes the parameters, and those that stand beside it; null: the body itself. */
  readonly within: { readonly name: string; readonly beside: readonly string[] } | null;
  /** Another spelling of a name that the protocol wants; absent: names stay as they are. */
  spell?(name: string): string;
}

/**
 * Writes a user's parameters into a body, as they are and where the protocol wants them.
 *
 * @param inner the object named by `place.within`; the body itself where there is none.
 * @throws CallError `bad_request` for a parameter that is not the user's to set.
 */
export function writeParameters(
  body: JsonBody,
  inner: JsonBody,
  { parameters, choices }: RequestToWrite,
  place: ParameterPlace,
): void {
  for (const given of Object.keys(parameters)) {
    const value = parameters[given]!;
    const name = place.spell?.(given) ?? given;
    if (name === place.within?.name && isObject(value)) {
      inner.setAll(value);
      continue;
    }
    const target = place.within?.beside.includes(name) ? body : inner;
    if (place.reserved.includes(name)) throw reservedParameter(given);
    if (target === body && body.has(name) && !place.defaults.includes(name)) throw twice(given);
    target.set(name, value);
  }
  if (choices > 1 && place.choices !== null) inner.set(place.choices, choices);
}

/** A number kept as its source text looks like an object, too. */
function isObject(value: unknown): value is JsonObject {
  return isJsonObject(value) && !JSON.isRawJSON(value);
}

function reservedParameter(name: string): CallError {
  return new CallError('bad_request', `The parameter \`${name}\` cannot be set: tutti writes it`, {
    hint:
      name === 'stream'
        ? 'Put it beside `parameters`: `stream` is a key of the row.'
        : 'Remove it from `parameters`; model and prompt have fields of their own.',
  });
}

function twice(name: string): CallError {
  return new CallError('bad_request', `The parameter \`${name}\` is given twice`, {
    hint: 'The messages already say it; keep one of the two.',
  });
}
