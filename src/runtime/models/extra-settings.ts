import type { ExtraVariable, ProviderDescription } from '../../providers/index.ts';
import {
  type FoundVariable,
  findVariable,
  type VariableLayers,
} from '../environment/variable-layers.ts';

/** What a provider's further variables say; what none says and has no usual value is undefined. */
export interface ExtraSettings {
  readonly apiVersion: string | undefined;
  readonly project: string | undefined;
  readonly location: string | undefined;
}

/** Reads the further variables of a provider for a model. @param modelId null for one without a name */
export function extraSettings(
  provider: ProviderDescription,
  layers: VariableLayers,
  modelId: string | null,
): ExtraSettings {
  const read = (setting: ExtraVariable['setting']) =>
    extraVariable(provider, setting, layers, modelId)?.value ?? usualValue(provider, setting);
  return {
    apiVersion: read('apiVersion'),
    project: read('project'),
    location: read('location'),
  };
}

/** The variable that fills a setting of a provider; undefined if none is set. */
export function extraVariable(
  { extraVariables = [] }: ProviderDescription,
  setting: ExtraVariable['setting'],
  layers: VariableLayers,
  modelId: string | null,
): FoundVariable | undefined {
  const names = extraVariables.filter((one) => one.setting === setting).map(({ name }) => name);
  return names.length === 0 ? undefined : findVariable(layers, names, modelId);
}

/** What a setting is where nothing says it; undefined if it has no usual value. */
export function usualValue(
  { extraVariables = [] }: ProviderDescription,
  setting: ExtraVariable['setting'],
): string | undefined {
  return extraVariables.find((one) => one.setting === setting)?.defaultValue;
}
