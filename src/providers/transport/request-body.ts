import { CallError } from '../../core/call-error.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import type { ParameterPlace } from '../provider.ts';

/** What is written into a request's body after the SDK built it. */
export interface BodyChanges {
  readonly parameters: JsonObject;
  /** The parameter that asks for several choices, with its value; null: one choice. */
  readonly choices: { readonly name: string; readonly count: number } | null;
  /** Messages in the body's own form, safety settings: they replace what the SDK wrote. */
  readonly fields: JsonObject | null;
  /** Fields that the SDK writes of its own accord and that are left out. */
  readonly unasked: readonly string[];
}

/**
 * Writes a user's parameters into a body, as the user spelt them and where the protocol wants them.
 *
 * @throws CallError `bad_request` for a parameter that is not the user's to set.
 */
export function writeBody(sdkBody: string, place: ParameterPlace, changes: BodyChanges): string {
  if (isNothing(changes)) return sdkBody;
  const body = new Map(Object.entries(JSON.parse(sdkBody) as JsonObject));
  for (const name of changes.unasked) body.delete(name);
  for (const [name, value] of Object.entries(changes.fields ?? {})) body.set(name, value);
  const inner = new Map<string, JsonValue>();
  for (const [given, value] of Object.entries(changes.parameters)) {
    const name = place.camelCase ? camelCase(given) : given;
    if (name === place.within && isJsonObject(value)) {
      for (const [own, ownValue] of Object.entries(value)) inner.set(own, ownValue);
      continue;
    }
    const atRoot = place.within === null || place.atRoot.includes(name);
    refuseReserved(given, name, place, atRoot && body.has(name));
    (atRoot ? body : inner).set(name, value);
  }
  if (changes.choices !== null) {
    (place.within === null ? body : inner).set(changes.choices.name, changes.choices.count);
  }
  if (place.within !== null && inner.size > 0) {
    const before = body.get(place.within);
    body.set(place.within, {
      ...(isJsonObject(before) ? before : {}),
      ...Object.fromEntries(inner),
    });
  }
  return JSON.stringify(Object.fromEntries(body));
}

function isNothing({ parameters, choices, fields, unasked }: BodyChanges): boolean {
  const none = choices === null && fields === null && unasked.length === 0;
  return none && Object.keys(parameters).length === 0;
}

function refuseReserved(given: string, name: string, place: ParameterPlace, taken: boolean): void {
  if (place.reserved.includes(name)) {
    throw new CallError(
      'bad_request',
      `The parameter \`${given}\` cannot be set: tutti writes it`,
      {
        hint: 'Remove it from `parameters`; model and prompt have fields of their own.',
      },
    );
  }
  if (taken && !place.defaults.includes(name)) {
    throw new CallError('bad_request', `The parameter \`${given}\` is given twice`, {
      hint: 'The messages already say it; keep one of the two.',
    });
  }
}

function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
