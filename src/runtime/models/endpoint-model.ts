import { nearestName } from '../../core/nearest-name.ts';
import type { Price, ProviderDescription } from '../../providers/index.ts';
import {
  type FoundVariable,
  findVariable,
  type VariableLayers,
} from '../environment/variable-layers.ts';
import { isPlainKey } from '../keys/keys-file.ts';
import type { EndpointEntry } from '../settings/schema.ts';
import type { Setting } from '../settings/settings.ts';
import { checkBaseUrl } from './base-url.ts';
import { extraSettings, usualValue } from './extra-settings.ts';
import { type FoundCredentials, findCredentials } from './google-credentials.ts';
import type { ModelContext } from './model-context.ts';
import { badAddress, badKey, missingAddress, missingKey, modelProblem } from './model-problem.ts';
import type { ModelProblem, ResolvedEndpointModel } from './resolved-model.ts';

const ANY_SERVER = 'openai-compatible';

/** A model of a server that is named by its address alone: it never gets a key. */
export function modelAtUrl(
  reference: string,
  address: string,
  modelId: string,
): ResolvedEndpointModel | ModelProblem {
  const read = checkBaseUrl(address, null);
  if ('problem' in read) {
    return modelProblem(
      'unknown_model',
      reference,
      `the address ${read.problem}`,
      'Write http://localhost:8000/v1#model-id.',
    );
  }
  return model({
    reference,
    endpointName: read.url,
    provider: ANY_SERVER,
    modelId,
    baseUrl: read.url,
  });
}

/** A model of a provider, with the key and address that its usual variables give. */
export function modelAtProvider(
  reference: string,
  provider: ProviderDescription,
  modelId: string,
  { layers }: ModelContext,
): ResolvedEndpointModel | ModelProblem {
  if (provider.idInPath && leadsElsewhere(modelId)) return strayId(reference);
  // The only model of its server has no name, and no variables of its own.
  const named = modelId === '' ? null : modelId;
  const address = findVariable(layers, provider.baseUrlVariables, named);
  const text = address?.value ?? provider.defaultBaseUrl;
  if (text === null) return missingAddress(reference, provider);
  const read = checkBaseUrl(text, provider.defaultBaseUrl);
  if ('problem' in read) return badAddress(reference, address?.name ?? 'its address', read.problem);
  const key = findVariable(layers, provider.keyVariables, named);
  if (!key && provider.keyRequired) return missingKey(reference, provider, modelId);
  if (key && !isPlainKey(key.value)) return badKey(reference, key);
  const headers = headersFound(provider, named, layers);
  const unfit = headers.find(([, { value }]) => !isPlainKey(value));
  if (unfit) return badKey(reference, unfit[1]);

  return model({
    reference,
    endpointName: provider.name,
    provider: provider.name,
    modelId,
    baseUrl: read.url,
    baseUrlSource: address ? `${address.name} (${address.where})` : null,
    key,
    headers: Object.fromEntries(headers.map(([header, { value }]) => [header, value])),
    ...extraSettings(provider, layers, named),
    found: key ? undefined : findCredentials(provider, layers),
  });
}

/** The headers whose values are found in variables. */
function headersFound(
  { headerVariables = [] }: ProviderDescription,
  modelId: string | null,
  layers: VariableLayers,
): (readonly [header: string, found: FoundVariable])[] {
  return headerVariables.flatMap(({ name, header }) => {
    const found = findVariable(layers, [name], modelId);
    return found === undefined ? [] : [[header, found] as const];
  });
}

/** A model of one of the user's `endpoints:`: only the key variable that the entry names is read. */
export function modelAtEndpoint(
  reference: string,
  name: string,
  modelId: string,
  { value: entry, where }: Setting<EndpointEntry>,
  { providers, layers }: ModelContext,
): ResolvedEndpointModel | ModelProblem {
  const provider = providers.find((one) => one.name === (entry.provider ?? ANY_SERVER));
  if (provider === undefined) {
    const near = nearestName(
      entry.provider ?? '',
      providers.map((one) => one.name),
    );
    const hint = near ? `Did you mean ${near}?` : 'Names of providers: tutti models';
    return modelProblem('bad_settings', reference, `${where} names an unknown provider`, hint);
  }
  const hasIdInPath = entry.path?.includes('{model}') ?? provider.idInPath;
  if (hasIdInPath && leadsElsewhere(modelId)) return strayId(reference);
  const usual = provider.defaultBaseUrl;
  const text = entry.baseUrl ?? usual;
  if (text === null) {
    return modelProblem('bad_settings', reference, `${where} has no baseUrl`, 'Add its baseUrl.');
  }
  const read = checkBaseUrl(text, usual);
  if ('problem' in read) return badAddress(reference, `baseUrl of ${where}`, read.problem);
  const variables = entry.keyVariable === undefined ? [] : [entry.keyVariable];
  const key = findVariable(layers, variables, modelId);
  if (!key && entry.keyVariable !== undefined) {
    const what = `the key is not set; looked for ${entry.keyVariable}, which ${where} names`;
    return modelProblem('missing_key', reference, what, `Keep it: tutti keys set ${name}`);
  }
  if (key && !isPlainKey(key.value)) return badKey(reference, key);
  // As with keys: they go to another address only where the entry says which.
  const isOwn = entry.keyVariable === undefined && entry.baseUrl === undefined;
  return model({
    reference,
    endpointName: name,
    provider: provider.name,
    modelId,
    baseUrl: read.url,
    baseUrlSource: entry.baseUrl === undefined ? null : where,
    key,
    entry,
    project: entry.project,
    location: entry.location,
    found: isOwn ? findCredentials(provider, layers) : undefined,
    apiVersion: entry.apiVersion ?? usualValue(provider, 'apiVersion'),
  });
}

function leadsElsewhere(modelId: string): boolean {
  return modelId.split('/').some((segment) => segment === '.' || segment === '..');
}

function strayId(reference: string): ModelProblem {
  const what = 'names no model: `.` and `..` between slashes lead elsewhere';
  return modelProblem('unknown_model', reference, what, 'Write its id as the provider does.');
}

interface Found extends Pick<ResolvedEndpointModel, 'project' | 'location'> {
  readonly reference: string;
  readonly endpointName: string;
  readonly provider: string;
  readonly modelId: string;
  readonly baseUrl: string;
  readonly baseUrlSource?: string | null;
  readonly key?: FoundVariable | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly entry?: EndpointEntry;
  readonly apiVersion?: string | undefined;
  /** The vendor's default credentials, where it is asked with them. */
  readonly found?: FoundCredentials | undefined;
}

function model(given: Found): ResolvedEndpointModel {
  const { reference, endpointName, provider, modelId, baseUrl, key, entry, apiVersion } = given;
  const { project, location, found } = given;
  return {
    kind: 'endpoint',
    reference,
    modelId,
    endpointName,
    provider,
    baseUrl,
    baseUrlSource: given.baseUrlSource ?? null,
    apiKey: key?.value ?? null,
    keySource: key
      ? { variable: key.name, origin: key.origin, where: key.where }
      : (found?.source ?? null),
    headers: given.headers ?? entry?.headers ?? {},
    limits: {
      requestsPerMinute: entry?.limits?.rpm,
      tokensPerMinute: entry?.limits?.tpm,
      concurrency: entry?.limits?.concurrency,
    },
    price: priceOf(entry),
    apiVersion,
    ...{ project, location, credentials: found?.credentials },
    stream: entry?.stream,
    structured: entry?.structured,
    oneModelAtATime: entry?.oneModelAtATime,
    path: entry?.path,
    laneName: laneNameOf(endpointName, modelId),
  };
}

function laneNameOf(endpoint: string, modelId: string): string {
  if (modelId === '') return endpoint;
  return endpoint.includes('://') ? `${endpoint}#${modelId}` : `${endpoint}/${modelId}`;
}

function priceOf(entry: EndpointEntry | undefined): Price | null {
  if (!entry?.price) return null;
  return {
    inputUsdPerMillion: entry.price.input,
    outputUsdPerMillion: entry.price.output,
    cachedInputUsdPerMillion: entry.price.cached,
    cacheWriteUsdPerMillion: entry.price.cacheWrite,
  };
}
