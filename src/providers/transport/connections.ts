import type { Dispatcher } from 'undici';
import { TuttiError } from '../../core/tutti-error.ts';
import { type ProxySettings, proxyFor } from './proxy-choice.ts';

const CONNECT_TIMEOUT_MS = 10_000;

/**
 * Opens the connections of one endpoint: kept alive, HTTP/1.1, at most `connections` at once, no
 * time-out but the one for connecting, because the caller's signal rules the rest.
 *
 * @throws TuttiError `bad_settings` for a proxy of a kind that cannot be used.
 */
export async function openConnections(
  url: URL,
  connections: number,
  proxy: ProxySettings,
): Promise<Dispatcher> {
  const options = {
    connections,
    pipelining: 1,
    headersTimeout: 0,
    bodyTimeout: 0,
    allowH2: false,
    connect: { timeout: CONNECT_TIMEOUT_MS },
  };
  const proxyUrl = proxyFor(url, proxy);
  // The classes are imported one by one: the package as a whole takes three times as long to load.
  if (proxyUrl === null) {
    const { default: Pool } = await import('undici/lib/dispatcher/pool.js');
    return new Pool(url.origin, options);
  }
  const { connect: _, ...proxied } = options;
  const { default: ProxyAgent } = await import('undici/lib/dispatcher/proxy-agent.js');
  try {
    return new ProxyAgent({ ...proxied, uri: proxyUrl, connectTimeout: CONNECT_TIMEOUT_MS });
  } catch {
    const kind = proxyUrl.slice(0, proxyUrl.indexOf(':'));
    throw new TuttiError('bad_settings', `The ${kind} proxy for ${url.host} cannot be used`, {
      hint: 'Set an address such as http://proxy.example:8080 or socks5://proxy.example:1080.',
    });
  }
}
