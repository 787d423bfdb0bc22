import type { ProviderDescription } from '../../providers/index.ts';
import { type FoundVariable, findVariable } from '../environment/variable-layers.ts';
import { keyEnd } from '../keys/keys.ts';
import { checkBaseUrl } from './base-url.ts';
import { findCredentials } from './google-credentials.ts';
import type { ModelContext } from './model-context.ts';
import type { KeySource } from './resolved-model.ts';

/** What was looked for and found for one provider or endpoint. Holds no key. */
export interface KeyReport {
  /** The word before the slash of a reference. */
  readonly name: string;
  readonly label: string;
  readonly kind: 'provider' | 'endpoint';
  readonly keyRequired: boolean;
  /** Variables looked for, the usual one first; empty when it takes no key. */
  readonly keyVariables: readonly string[];
  /** Null when none was found. */
  readonly key: (KeySource & { readonly ends: string | null }) | null;
  /** The address in use; null when none is set or it cannot be one. */
  readonly baseUrl: string | null;
  /** What set the address, when it is not the usual one. */
  readonly baseUrlSource: string | null;
  /** Variables an address is looked for in. */
  readonly baseUrlVariables: readonly string[];
  /** True when nothing is missing to ask one of its models. */
  readonly ready: boolean;
}

/** Says for each endpoint and provider which keys and addresses were looked for, and what was found where. */
export function reportKeys(context: ModelContext): KeyReport[] {
  return [...endpointReports(context), ...providerReports(context)];
}

function providerReports({ providers, layers }: ModelContext): KeyReport[] {
  return providers.map((provider) => {
    const { baseUrlVariables, defaultBaseUrl } = provider;
    const found = findVariable(layers, provider.keyVariables, null);
    const { keyVariables, keyRequired, key } = wantedKey(provider, layers, found);
    const address = findVariable(layers, baseUrlVariables, null);
    const baseUrl = usableUrl(address?.value ?? defaultBaseUrl, defaultBaseUrl);
    return {
      name: provider.name,
      label: provider.label,
      kind: 'provider',
      keyRequired,
      keyVariables,
      key,
      baseUrl,
      baseUrlSource: address ? `${address.name} (${address.where})` : null,
      baseUrlVariables,
      ready: baseUrl !== null && (key !== null || !keyRequired),
    };
  });
}

/** A provider with default credentials wants these, or a key. */
function wantedKey(
  provider: ProviderDescription,
  layers: ModelContext['layers'],
  key: FoundVariable | undefined,
): Pick<KeyReport, 'keyVariables' | 'keyRequired' | 'key'> {
  const { keyVariables, keyRequired, extraVariables = [] } = provider;
  const credentials = findCredentials(provider, layers);
  if (credentials === undefined) return { keyVariables, keyRequired, key: sourceOf(key) };
  const files = extraVariables.filter(({ setting }) => setting === 'credentialsFile');
  const { source } = credentials;
  return {
    keyVariables: [...keyVariables, ...files.map(({ name }) => name)],
    keyRequired: true,
    key: sourceOf(key) ?? (source && { ...source, ends: null }),
  };
}

function endpointReports({ providers, settings, layers }: ModelContext): KeyReport[] {
  return [...settings.endpoints].map(([name, { value: entry, where }]) => {
    const provider = providers.find((one) => one.name === (entry.provider ?? 'openai-compatible'));
    const keyVariables = entry.keyVariable === undefined ? [] : [entry.keyVariable];
    const key = findVariable(layers, keyVariables, null);
    const usual = provider?.defaultBaseUrl ?? null;
    const baseUrl = usableUrl(entry.baseUrl ?? usual, usual);
    return {
      name,
      label: name,
      kind: 'endpoint',
      keyRequired: keyVariables.length > 0,
      keyVariables,
      key: sourceOf(key),
      baseUrl,
      baseUrlSource: where,
      baseUrlVariables: [],
      ready:
        provider !== undefined && baseUrl !== null && (key !== undefined || !keyVariables.length),
    };
  });
}

function usableUrl(text: string | null, usual: string | null): string | null {
  const read = text === null ? null : checkBaseUrl(text, usual);
  return read && 'url' in read ? read.url : null;
}

function sourceOf(key: FoundVariable | undefined): KeyReport['key'] {
  if (key === undefined) return null;
  const { name, value, origin, where } = key;
  return { variable: name, origin, where, ends: keyEnd(value) };
}
