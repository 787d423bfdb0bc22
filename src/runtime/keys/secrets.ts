import { keysInHeader, passwordsOf } from '../../providers/index.ts';
import { proxySettings } from '../environment/proxy-settings.ts';
import type { VariableLayers } from '../environment/variable-layers.ts';
import { foundKeys, type KeyContext } from './keys.ts';

/**
 * Collects everything that may be a secret the process knows: keys of all layers, values of headers of endpoints, and
 * passwords of proxies. Whoever hides them in texts judges which of them are.
 */
export function collectSecrets(layers: VariableLayers, context: KeyContext): string[] {
  const keys = foundKeys(layers, context).map(({ value }) => value);
  const headers = [...context.endpoints.values()]
    .flatMap(({ value }) => Object.values(value.headers ?? {}))
    .flatMap(keysInHeader);
  const proxies = Object.values(
    proxySettings(layers.environment) as Record<string, string | undefined>,
  ).flatMap((proxy) => passwordsOf(proxy ?? ''));
  return [...new Set([...keys, ...headers, ...proxies])];
}
