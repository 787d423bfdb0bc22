import { isLoopbackHost } from './loopback.ts';
import { type ProxyServer, type ProxyVariable, readProxy } from './proxy-address.ts';
import { isExempt } from './proxy-exemptions.ts';

/** Proxies as the usual variables spell them; read by whoever opens the endpoint, never here. */
export interface ProxySettings {
  readonly httpProxy?: string | undefined;
  readonly httpsProxy?: string | undefined;
  /** For addresses of either kind whose own variable is not set. */
  readonly allProxy?: string | undefined;
  /** Hosts reached directly: `example.com`, `.example.com`, `*.example.com`, `host:port`, `10.0.0.0/8`, `*`. */
  readonly noProxy?: string | undefined;
}

/**
 * Chooses the proxy for an address; null means none. Loopback never goes through a proxy, whatever
 * the settings say. An address without scheme is taken as `http://`.
 *
 * @throws TuttiError `bad_settings` when it is to go through one that cannot be used.
 */
export function proxyFor(url: URL, settings: ProxySettings): ProxyServer | null {
  const [given, variable] = chosen(url, settings);
  return given && mayUse(url, settings) ? readProxy(given, variable) : null;
}

/** Tells whether an https address goes without a proxy only because it is set for http alone. */
export function missesProxy(url: URL, settings: ProxySettings): boolean {
  const isMissed = url.protocol === 'https:' && chosen(url, settings)[0] === undefined;
  return isMissed && settings.httpProxy !== undefined && mayUse(url, settings);
}

function mayUse(url: URL, { noProxy = '' }: ProxySettings): boolean {
  return !isLoopbackHost(url.hostname) && !isExempt(url, noProxy);
}

function chosen(
  url: URL,
  { httpProxy, httpsProxy, allProxy }: ProxySettings,
): [string | undefined, ProxyVariable] {
  const isSecure = url.protocol === 'https:';
  const own = isSecure ? httpsProxy : httpProxy;
  if (own) return [own, isSecure ? 'HTTPS_PROXY' : 'HTTP_PROXY'];
  return [allProxy, 'ALL_PROXY'];
}
