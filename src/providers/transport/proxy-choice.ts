import { isLoopbackHost } from './loopback.ts';

/** Proxies as the usual variables spell them; read by whoever opens the endpoint, never here. */
export interface ProxySettings {
  readonly httpProxy?: string | undefined;
  readonly httpsProxy?: string | undefined;
  /** Hosts reached directly: `example.com`, `.example.com`, `*.example.com`, `host:port`, `*`. */
  readonly noProxy?: string | undefined;
}

/**
 * Chooses the proxy for an address; null means none. Loopback never goes through a proxy, whatever
 * the settings say. An address without scheme is taken as `http://`.
 */
export function proxyFor(url: URL, settings: ProxySettings): string | null {
  const proxy = url.protocol === 'https:' ? settings.httpsProxy : settings.httpProxy;
  if (!proxy || isLoopbackHost(url.hostname) || isExempt(url, settings.noProxy ?? '')) return null;
  return proxyAddress(proxy);
}

/** A proxy's address with its scheme, `http://` unless it has one. */
export function proxyAddress(proxy: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(proxy) ? proxy : `http://${proxy}`;
}

function isExempt(url: URL, noProxy: string): boolean {
  const host = url.hostname.toLowerCase().replace(/^\[|\]$/g, '');
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return noProxy
    .toLowerCase()
    .split(/[\s,]+/)
    .some((entry) => entry !== '' && matches(entry, host, port));
}

function matches(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true;
  const withPort = /^(\[.+\]|[^:]+):(\d+)$/.exec(entry);
  if (withPort && withPort[2] !== port) return false;
  const name = (withPort?.[1] ?? entry).replace(/^\[|\]$/g, '').replace(/^\*?\./, '');
  return host === name || host.endsWith(`.${name}`);
}
