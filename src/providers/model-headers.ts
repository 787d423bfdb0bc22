import type { EndpointSettings } from './endpoint-settings.ts';
import type { Provider } from './provider.ts';
import { meantBy } from './transport/base-url.ts';

/**
 * Writes the headers of every request to an endpoint, with names in lower case; the user's own win. A name
 * and password in the address become one. `accept-encoding` is never asked for by itself.
 */
export function modelHeaders(
  { key, headers }: Provider,
  { apiKey, headers: own }: EndpointSettings,
  url: URL,
): Record<string, string> {
  const all: Record<string, string> = { ...headers, 'content-type': 'application/json' };
  if (apiKey) all[key.header] = key.scheme === null ? apiKey : `${key.scheme} ${apiKey}`;
  all['user-agent'] = 'tutti';
  if (url.username !== '' && !apiKey) {
    const account = `${meantBy(url.username)}:${meantBy(url.password)}`;
    all.authorization = `Basic ${Buffer.from(account).toString('base64')}`;
  }
  for (const [name, value] of Object.entries(own)) all[name.toLowerCase()] = value;
  return all;
}
