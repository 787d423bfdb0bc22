import type { EnvEntry } from './env-file.ts';
import { type Environment, variable } from './environment.ts';
import { modelIdentifier } from './variable-names.ts';

/** Where a key or an address was found. */
export type VariableOrigin = 'shell' | 'project' | 'keys';

/** A variable as it was found. */
export interface FoundVariable {
  readonly name: string;
  readonly value: string;
  readonly origin: VariableOrigin;
  /** `shell`, `.env:3`, or the path of the keys file and the line. */
  readonly where: string;
}

/** The layers in which keys and addresses are looked for; the strongest first. */
export interface VariableLayers {
  readonly environment: Environment;
  /** The project's `.env`, once trusted; empty otherwise. */
  readonly project: ReadonlyMap<string, FoundVariable>;
  /** The home's keys file. */
  readonly keys: ReadonlyMap<string, FoundVariable>;
}

/** Makes a layer of a file's entries; of a name that occurs twice the last one counts, an empty value is unset. */
export function fileLayer(
  entries: readonly EnvEntry[],
  origin: 'project' | 'keys',
  file: string,
): ReadonlyMap<string, FoundVariable> {
  const layer = new Map<string, FoundVariable>();
  for (const { name, value, line } of entries) {
    layer.delete(name);
    if (value.trim() === '') continue;
    layer.set(name, { name, value: value.trim(), origin, where: `${file}:${line}` });
  }
  return layer;
}

/**
 * Looks variables up: `NAME_<identifier>` of the model in every layer first, then NAME; a stronger layer
 * wins over a name that comes earlier in the list.
 *
 * @param modelId null looks for the plain names only.
 */
export function findVariable(
  layers: VariableLayers,
  names: readonly string[],
  modelId: string | null,
): FoundVariable | undefined {
  const endings = modelId === null ? [''] : [`_${modelIdentifier(modelId)}`, ''];
  for (const ending of endings) {
    for (const origin of ['shell', 'project', 'keys'] as const) {
      for (const name of names) {
        const found = inLayer(layers, origin, name + ending);
        if (found) return found;
      }
    }
  }
  return undefined;
}

function inLayer(
  layers: VariableLayers,
  origin: VariableOrigin,
  name: string,
): FoundVariable | undefined {
  if (origin !== 'shell') return layers[origin].get(name);
  const value = variable(layers.environment, name)?.trim();
  return value ? { name, value, origin, where: 'shell' } : undefined;
}
