import type { EndpointSettings } from '../endpoint-settings.ts';
import { meantBy } from './base-url.ts';
import { isLikelySecret } from './key-entropy.ts';
import { proxyAddress } from './proxy-address.ts';
import { Secrets } from './secrets.ts';

/** Names of what belongs into no address, since addresses are shown. */
const SECRET_QUERY = /key|token|secret|passw|auth|sign?$|^code$/i;

/** Tells whether a value in the query of an address is a secret, by its name. */
export function isSecretQuery(name: string): boolean {
  return SECRET_QUERY.test(name);
}

/**
 * Collects every secret that an endpoint's settings hold: keys, what is like a key in the values of headers, passwords.
 * A key that anybody guesses (`sk-no-key-required`) is none.
 */
export function secretsOf(settings: EndpointSettings, url: URL, query: string): Secrets {
  const inQuery = [...new URLSearchParams(query)]
    .filter(([name]) => isSecretQuery(name))
    .map(([, value]) => value);
  const { httpProxy, httpsProxy, allProxy } = settings.proxy;
  const proxies = [httpProxy, httpsProxy, allProxy]
    .filter((proxy) => proxy !== undefined)
    .flatMap((proxy) => passwordsOf(proxyAddress(proxy)));
  const headers = Object.values(settings.headers).flatMap(keysInHeader);
  const passwords = [...inQuery, ...proxies, ...passwordsOf(url.href)];
  const keys = [settings.apiKey ?? '', ...settings.secrets, ...headers, ...passwords];
  return new Secrets(keys.filter(isLikelySecret), passwords);
}

/** What may be a key in the value of a header: the value, what is behind its scheme, and each of its parts. */
export function keysInHeader(value: string): string[] {
  const text = value.trim();
  return [
    text,
    text.replace(/^\S+\s+/, ''),
    ...text.split(/[\s;,&"']+/),
    ...text.split(/[\s;,=&"']+/),
  ];
}

/** The password of an address, as it is written there and as it is meant; none when it has none. */
export function passwordsOf(address: string): string[] {
  const password = URL.parse(address)?.password ?? '';
  return password === '' ? [] : [password, meantBy(password)];
}
