import { isIP } from 'node:net';
import { TuttiError } from '../../core/tutti-error.ts';
import { meantBy } from './base-url.ts';

/** The variable that named a proxy. */
export type ProxyVariable = 'HTTP_PROXY' | 'HTTPS_PROXY' | 'ALL_PROXY';

/** A proxy that can be used. */
export interface ProxyServer {
  /** How it is spoken to: HTTP in the clear or over TLS, or SOCKS 5. */
  readonly kind: 'http' | 'https' | 'socks5';
  /** Without brackets. */
  readonly hostname: string;
  readonly port: number;
  /** Empty if none is given. */
  readonly user: string;
  readonly password: string;
  /** `host:port`, as it is named in messages: never with user or password. */
  readonly shown: string;
  readonly variable: ProxyVariable;
}

const KINDS: Readonly<Record<string, ProxyServer['kind']>> = {
  'http:': 'http',
  'https:': 'https',
  'socks:': 'socks5',
  'socks5:': 'socks5',
  'socks5h:': 'socks5',
};

const USUAL_PORTS = { http: 80, https: 443, socks5: 1080 } as const;

const USUAL_FORM = 'http://proxy.example:8080 or socks5://proxy.example:1080';

/** A proxy's address with its scheme, `http://` unless it has one. */
export function proxyAddress(proxy: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(proxy) ? proxy : `http://${proxy}`;
}

/**
 * Reads the address of a proxy. Names are looked up by the proxy itself, whether it says `socks5` or `socks5h`.
 *
 * @throws TuttiError `bad_settings` when it is none, or of a kind that cannot be used; nothing of it is quoted.
 */
export function readProxy(given: string, variable: ProxyVariable): ProxyServer {
  const address = proxyAddress(given.trim());
  const url = URL.parse(address);
  const kind = url === null ? undefined : KINDS[url.protocol];
  if (url !== null && kind === undefined) {
    const scheme = url.protocol.slice(0, -1);
    throw unusable(`The ${scheme} proxy in ${variable} cannot be used`);
  }
  // A `#`, `?` or `/` in a password ends the address there: the rest must not be taken for a host.
  const rest = address.slice(address.indexOf('//') + 2);
  const end = rest.search(/[/?#]/);
  const restHoldsHost = end >= 0 && rest.includes('@', end);
  if (url === null || kind === undefined || url.hostname === '' || restHoldsHost) {
    throw unusable(
      `${variable} is not the address of a proxy`,
      ' In its user name and password, write special characters percent-encoded: @ as %40, # as %23, / as %2F.',
    );
  }
  const hostname = url.hostname.replace(/^\[|\]$/g, '');
  const port = url.port === '' ? USUAL_PORTS[kind] : Number(url.port);
  return {
    ...{ kind, hostname, port, variable },
    user: meantBy(url.username),
    password: meantBy(url.password),
    shown: `${isIP(hostname) === 6 ? `[${hostname}]` : hostname}:${port}`,
  };
}

/** What `Proxy-Authorization` says for a proxy; nothing without a user. */
export function proxyAuthorization({
  user,
  password,
}: ProxyServer): Readonly<Record<string, string>> {
  if (user === '' && password === '') return {};
  const credentials = Buffer.from(`${user}:${password}`).toString('base64');
  return { 'proxy-authorization': `Basic ${credentials}` };
}

function unusable(message: string, more = ''): TuttiError {
  return new TuttiError('bad_settings', message, {
    hint: `Set an address such as ${USUAL_FORM}.${more}`,
  });
}
