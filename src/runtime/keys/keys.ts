import { nearestName } from '../../core/nearest-name.ts';
import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import type { ProviderDescription } from '../../providers/index.ts';
import type {
  FoundVariable,
  VariableLayers,
  VariableOrigin,
} from '../environment/variable-layers.ts';
import {
  isRefusedVariable,
  knownVariables,
  modelIdentifier,
  VARIABLE_NAME,
  variableKind,
} from '../environment/variable-names.ts';
import type { EndpointEntry } from '../settings/schema.ts';
import type { Setting } from '../settings/settings.ts';

/** A key as it may be shown. */
export interface KeyListing {
  readonly variable: string;
  readonly origin: VariableOrigin;
  /** `shell`, `.env:3`, or the path of the keys file and the line. */
  readonly where: string;
  /** The last 3 characters of a key of at least 20; null for a shorter one. */
  readonly ends: string | null;
  /** True when a stronger layer holds the same variable, so that this one is not used. */
  readonly hidden: boolean;
}

/** What is needed to know which variables hold keys. */
export interface KeyContext {
  readonly providers: readonly ProviderDescription[];
  readonly endpoints: ReadonlyMap<string, Setting<EndpointEntry>>;
}

/** Lists every key that was found, in every layer, without any key. */
export function listKeys(layers: VariableLayers, context: KeyContext): KeyListing[] {
  const taken = new Set<string>();
  return foundKeys(layers, context).map(({ name, value, origin, where }) => {
    const hidden = taken.has(name);
    taken.add(name);
    return { variable: name, origin, where, ends: keyEnd(value), hidden };
  });
}

/** Gives every key that was found, the strongest layer first. For the list of secrets: never print it. */
export function foundKeys(layers: VariableLayers, context: KeyContext): FoundVariable[] {
  const known = knownVariables(context.providers, keyVariablesOf(context.endpoints));
  const shell = [...layers.environment.variables]
    .filter(([, value]) => value.trim() !== '')
    .map(
      ([name, value]): FoundVariable => ({
        name,
        value: value.trim(),
        origin: 'shell',
        where: 'shell',
      }),
    );
  return [...shell, ...layers.project.values(), ...layers.keys.values()].filter(
    ({ name, origin }) => {
      const kind = variableKind(name, known);
      // Whatever stands in the keys file under an unknown name was put there as a key.
      return origin === 'keys' ? kind !== 'other' : kind === 'key';
    },
  );
}

/** The part of a key that may be shown; null when the key is too short for that. */
export function keyEnd(key: string): string | null {
  return key.length >= 20 ? plainLine(key.slice(-3)) : null;
}

/** The key variables that the user's `endpoints:` name. */
export function keyVariablesOf(endpoints: ReadonlyMap<string, Setting<EndpointEntry>>): string[] {
  return [...endpoints.values()].flatMap(({ value }) => value.keyVariable ?? []);
}

/**
 * Finds the variable that `tutti keys set NAME` means: of a provider (`openai`), of an endpoint, of one
 * model (`openai/gpt-5` is `OPENAI_API_KEY_gpt_5`), or a variable's own name.
 *
 * @throws TuttiError `bad_usage` with the nearest name.
 */
export function keyVariableFor(name: string, { providers, endpoints }: KeyContext): string {
  const slash = name.indexOf('/');
  const owner = slash < 0 ? name : name.slice(0, slash);
  const ending = slash < 0 ? '' : `_${modelIdentifier(name.slice(slash + 1))}`;
  const provider = providers.find((description) => description.name === owner);
  const entry = endpoints.get(owner)?.value;
  const variable = entry ? entry.keyVariable : provider?.keyVariables[0];
  const chosen = variable === undefined ? undefined : variable + ending;
  if (chosen !== undefined && VARIABLE_NAME.test(chosen)) return chosen;
  const shown = plainLine(name, 60);
  if (entry || provider) throw new TuttiError('bad_usage', `${shown} takes no key.`);
  // Not every capital word: a key pasted in the name's place must not be taken for one.
  if (/^[A-Z][A-Z0-9]*_[A-Za-z0-9_]+$/.test(name) && VARIABLE_NAME.test(name)) {
    if (!isRefusedVariable(name)) return name;
    throw new TuttiError('bad_usage', `${name} is not a variable that can hold a key.`);
  }
  const near = nearestName(name, [...providers.map((one) => one.name), ...endpoints.keys()]);
  throw new TuttiError('bad_usage', 'No provider, endpoint or variable has that name.', {
    hint: near === undefined ? 'Names: tutti models' : `Did you mean ${near}?`,
  });
}
