import type { EndpointSettings } from '../endpoint-settings.ts';
import { meantBy } from './base-url.ts';
import { proxyAddress } from './proxy-address.ts';
import { Secrets } from './secrets.ts';

const SECRET_HEADER = /auth|key|token|secret|cookie/i;
const SECRET_QUERY = /key|token|secret|passw|auth|sign?$|^code$/i;

/** Collects every secret that an endpoint's settings hold: keys, headers that look like keys, passwords. */
export function secretsOf(settings: EndpointSettings, url: URL, query: string): Secrets {
  const inQuery = [...new URLSearchParams(query)]
    .filter(([name]) => SECRET_QUERY.test(name))
    .map(([, value]) => value);
  const headers = Object.entries(settings.headers)
    .filter(([name]) => SECRET_HEADER.test(name))
    .map(([, value]) => value.replace(/^(bearer|basic|token) /i, ''));
  const { httpProxy, httpsProxy, allProxy } = settings.proxy;
  const proxies = [httpProxy, httpsProxy, allProxy]
    .filter((proxy) => proxy !== undefined)
    .flatMap((proxy) => passwordOf(proxyAddress(proxy)));
  return new Secrets([
    settings.apiKey,
    ...settings.secrets,
    ...headers,
    ...inQuery,
    ...proxies,
    ...passwordOf(url.href),
  ]);
}

/** The password of an address, as it is written there and as it is meant. */
function passwordOf(address: string): string[] {
  if (!URL.canParse(address)) return [];
  const { password } = new URL(address);
  return password === '' ? [] : [password, meantBy(password)];
}
