import type { EndpointSettings } from '../endpoint-settings.ts';
import { meantBy } from './base-url.ts';
import { proxyAddress } from './proxy-address.ts';
import { Secrets } from './secrets.ts';

/** Names of headers whose values are secrets. */
const SECRET_HEADER = /auth|key|token|secret|cookie|passw/i;
/** Names of what belongs into no address, since addresses are shown. */
const SECRET_QUERY = /key|token|secret|passw|auth|sign?$|^code$/i;

/** Tells whether the value of a header is a secret, by its name. */
export function isSecretHeader(name: string): boolean {
  return SECRET_HEADER.test(name);
}

/** Tells whether a value in the query of an address is a secret, by its name. */
export function isSecretQuery(name: string): boolean {
  return SECRET_QUERY.test(name);
}

/** Collects every secret that an endpoint's settings hold: keys, headers that look like keys, passwords. */
export function secretsOf(settings: EndpointSettings, url: URL, query: string): Secrets {
  const inQuery = [...new URLSearchParams(query)]
    .filter(([name]) => isSecretQuery(name))
    .map(([, value]) => value);
  const headers = Object.entries(settings.headers)
    .filter(([name]) => isSecretHeader(name))
    .map(([, value]) => value.replace(/^(bearer|basic|token) /i, ''));
  const { httpProxy, httpsProxy, allProxy } = settings.proxy;
  const proxies = [httpProxy, httpsProxy, allProxy]
    .filter((proxy) => proxy !== undefined)
    .flatMap((proxy) => passwordsOf(proxyAddress(proxy)));
  return new Secrets([
    settings.apiKey,
    ...settings.secrets,
    ...headers,
    ...inQuery,
    ...proxies,
    ...passwordsOf(url.href),
  ]);
}

/** The password of an address, as it is written there and as it is meant; none when it has none. */
export function passwordsOf(address: string): string[] {
  const password = URL.parse(address)?.password ?? '';
  return password === '' ? [] : [password, meantBy(password)];
}
