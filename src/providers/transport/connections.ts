import type { SecureContext } from 'node:tls';
import type { Connections } from './connection-set.ts';
import { passOverContinue } from './early-heads.ts';
import type { ProxySettings } from './proxy-choice.ts';
import type { Connector } from './tunnel.ts';

const CONNECT_TIMEOUT_MS = 10_000;

/** The way to an endpoint. */
export interface ConnectionOptions {
  /** Most at once. */
  readonly connections: number;
  readonly proxy: ProxySettings;
  /** A file of further certificates to trust, in PEM form. */
  readonly certificateFile?: string | undefined;
}

/**
 * Opens the connections of one endpoint: kept alive, HTTP/1.1, at most `connections` at once, no
 * time-out but the one for connecting, because the caller's signal rules the rest.
 *
 * @throws TuttiError `bad_settings` for a proxy of a kind that cannot be used, or certificates that cannot be read.
 */
export async function openConnections(
  url: URL,
  { connections, proxy, certificateFile }: ConnectionOptions,
): Promise<Connections> {
  const options = {
    connections,
    pipelining: 1,
    headersTimeout: 0,
    bodyTimeout: 0,
    allowH2: false,
  };
  // The classes are imported one by one: the package as a whole takes three times as long to load.
  const { default: Pool } = await import('undici/lib/dispatcher/pool.js');
  const poolOf: OpenPool = (origin, connect) =>
    passOverContinue(new Pool(origin, { ...options, connect }));
  const { httpProxy, httpsProxy, allProxy } = proxy;
  const mayBeProxied = Boolean(httpProxy || httpsProxy || allProxy);
  const mayBeSecure = url.protocol === 'https:' || mayBeProxied;
  const trusted = mayBeSecure && certificateFile ? await trust(certificateFile) : {};
  const connect = { timeout: CONNECT_TIMEOUT_MS, ...trusted };
  if (mayBeProxied) return openByProxies(url, proxy, connect, poolOf);
  return poolOf(url.origin, connect);
}

type OpenPool = (origin: string, connect: ConnectOptions | Connector) => Connections;

interface ConnectOptions {
  readonly timeout: number;
  readonly secureContext?: SecureContext;
}

async function trust(file: string): Promise<{ readonly secureContext: SecureContext }> {
  const { trustingAlso } = await import('./certificates.ts');
  return { secureContext: await trustingAlso(file) };
}

/** What is needed for proxies is loaded only where one is set. */
async function openByProxies(
  url: URL,
  settings: ProxySettings,
  connect: ConnectOptions,
  poolOf: OpenPool,
): Promise<Connections> {
  const [{ missesProxy, proxyFor }, { default: buildConnector }] = await Promise.all([
    import('./proxy-choice.ts'),
    import('undici/lib/core/connect.js'),
  ]);
  const proxy = proxyFor(url, settings);
  const direct = buildConnector({ ...connect, allowH2: false });
  if (proxy === null) {
    if (!missesProxy(url, settings)) return poolOf(url.origin, connect);
    const { namingUnusedProxy } = await import('./unused-proxy.ts');
    return poolOf(url.origin, namingUnusedProxy(direct, url.origin));
  }
  const { proxyConnector, tunnelConnector } = await import('./tunnel.ts');
  if (url.protocol === 'http:' && proxy.kind !== 'socks5') {
    const { Forwarding } = await import('./forwarding.ts');
    const pool = poolOf(`${proxy.kind}://${proxy.shown}`, proxyConnector(proxy, direct));
    return new Forwarding(pool, proxy, url);
  }
  const handshake =
    proxy.kind === 'socks5'
      ? (await import('./socks-handshake.ts')).socksHandshake
      : (await import('./http-handshake.ts')).httpHandshake;
  return poolOf(url.origin, tunnelConnector(proxy, direct, handshake, CONNECT_TIMEOUT_MS));
}
