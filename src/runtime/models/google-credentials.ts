import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { DefaultCredentials, ProviderDescription } from '../../providers/index.ts';
import { type Environment, variable } from '../environment/environment.ts';
import type { VariableLayers } from '../environment/variable-layers.ts';
import { extraVariable } from './extra-settings.ts';
import type { KeySource } from './resolved-model.ts';

const LOGIN_FILE = 'application_default_credentials.json';
const METADATA_HOST = 'metadata.google.internal';
/** Host names and addresses with a port or not: it becomes a part of an address. */
const HOST = /^[A-Za-z0-9.:[\]-]{1,253}$/;

/** Credentials that were found, and what to call them where keys are told of; null for those of the machine. */
export interface FoundCredentials {
  readonly credentials: DefaultCredentials;
  readonly source: KeySource | null;
}

/**
 * Finds where Google's default credentials are, as Google's own programs do: the file that a variable names, else that
 * of `gcloud auth application-default login`, else the machine's metadata server. Undefined for a provider that takes
 * none. Only names are looked at; nothing is read but gcloud's choice of a project.
 */
export function findCredentials(
  provider: ProviderDescription,
  layers: VariableLayers,
): FoundCredentials | undefined {
  if (provider.defaultCredentials !== 'google') return undefined;
  const { environment } = layers;
  const named = extraVariable(provider, 'credentialsFile', layers, null);
  const folder = gcloudFolder(environment);
  const login = folder === null ? null : join(folder, LOGIN_FILE);
  const host = variable(environment, 'GCE_METADATA_HOST') ?? METADATA_HOST;
  const common = {
    metadataHost: HOST.test(host) ? host : METADATA_HOST,
    project: folder === null ? null : chosenProject(folder, environment),
  };
  if (named) {
    const { name, origin, where } = named;
    const file = resolve(named.value);
    const credentials = { ...common, file, where: `${name} (${where})` };
    return { credentials, source: { variable: name, origin, where } };
  }
  if (login !== null && existsSync(login)) {
    const source = { variable: 'gcloud login', origin: 'shell' as const, where: login };
    return { credentials: { ...common, file: login, where: login }, source };
  }
  const places = ['GOOGLE_APPLICATION_CREDENTIALS', ...(login === null ? [] : [login])];
  return { credentials: { ...common, file: null, where: places.join(', ') }, source: null };
}

function gcloudFolder(environment: Environment): string | null {
  const chosen = variable(environment, 'CLOUDSDK_CONFIG');
  if (chosen !== undefined) return chosen;
  if (environment.platform === 'win32') {
    const roaming = variable(environment, 'APPDATA');
    return roaming === undefined ? null : join(roaming, 'gcloud');
  }
  return environment.userFolder === null ? null : join(environment.userFolder, '.config', 'gcloud');
}

/** The project of gcloud's active configuration; null where there is none. */
function chosenProject(folder: string, environment: Environment): string | null {
  const active =
    variable(environment, 'CLOUDSDK_ACTIVE_CONFIG_NAME') ??
    (smallText(join(folder, 'active_config'))?.trim() || 'default');
  if (!/^[a-z][-a-z0-9]{0,99}$/.test(active)) return null;
  const text = smallText(join(folder, 'configurations', `config_${active}`)) ?? '';
  let section = '';
  for (const line of text.split('\n')) {
    const [, head, key, value] = /^\s*(?:\[(\w+)\]|(\w+)\s*=\s*(\S*))\s*$/.exec(line) ?? [];
    if (head !== undefined) section = head;
    else if (section === 'core' && key === 'project' && value) return value;
  }
  return null;
}

function smallText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').slice(0, 100_000);
  } catch {
    return null;
  }
}
