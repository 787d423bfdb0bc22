import { isSecretHeader, passwordsOf } from '../../providers/index.ts';
import { proxySettings } from '../environment/proxy-settings.ts';
import type { VariableLayers } from '../environment/variable-layers.ts';
import { foundKeys, type KeyContext } from './keys.ts';

/** Shorter values (`EMPTY`, `ollama`) are placeholders: hiding them would spoil ordinary text. */
const SHORTEST_SECRET = 8;

/**
 * Collects every secret the process knows: keys of all layers, headers of endpoints that carry one, and
 * passwords of proxies. For whoever hides them in texts; the longest first.
 */
export function collectSecrets(layers: VariableLayers, context: KeyContext): string[] {
  const secrets = new Set(foundKeys(layers, context).map(({ value }) => value));
  for (const { value } of context.endpoints.values()) {
    for (const [name, header] of Object.entries(value.headers ?? {})) {
      if (!isSecretHeader(name)) continue;
      secrets.add(header.trim());
      secrets.add(header.trim().replace(/^\S+\s+/, ''));
    }
  }
  for (const proxy of Object.values(
    proxySettings(layers.environment) as Record<string, string | undefined>,
  )) {
    for (const password of passwordsOf(proxy ?? '')) secrets.add(password);
  }
  return [...secrets]
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    .sort((left, right) => right.length - left.length);
}
