import { trustingAlso } from './certificates.ts';
import type { Connections } from './connection-set.ts';
import { passOverContinue } from './early-heads.ts';
import type { ProxyServer } from './proxy-address.ts';
import { type ProxySettings, proxyFor } from './proxy-choice.ts';
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
  { connections, proxy: settings, certificateFile }: ConnectionOptions,
): Promise<Connections> {
  const options = {
    connections,
    pipelining: 1,
    headersTimeout: 0,
    bodyTimeout: 0,
    allowH2: false,
  };
  const proxy = proxyFor(url, settings);
  const isSecure = url.protocol === 'https:' || proxy?.kind === 'https';
  const connect: ConnectOptions = {
    timeout: CONNECT_TIMEOUT_MS,
    ...(isSecure && certificateFile && { secureContext: await trustingAlso(certificateFile) }),
  };
  // The classes are imported one by one: the package as a whole takes three times as long to load.
  const { default: Pool } = await import('undici/lib/dispatcher/pool.js');
  const poolOf = (origin: string, how: ConnectOptions | Connector) =>
    passOverContinue(new Pool(origin, { ...options, connect: how }));
  if (proxy === null) return poolOf(url.origin, connect);
  if (url.protocol === 'http:' && proxy.kind !== 'socks5') {
    const [{ Forwarding }, { toProxy }] = await Promise.all([
      import('./forwarding.ts'),
      import('./tunnel.ts'),
    ]);
    const direct = await directConnector(connect);
    const connectProxy: Connector = (_, connected) => {
      toProxy(proxy, direct).then(
        (socket) => connected(null, socket),
        (error: Error) => connected(error, null),
      );
    };
    const origin = `${proxy.kind}://${proxy.shown}`;
    return new Forwarding(poolOf(origin, connectProxy), proxy, url);
  }
  return poolOf(url.origin, await tunnelThrough(proxy, connect));
}

interface ConnectOptions {
  readonly timeout: number;
  readonly secureContext?: import('node:tls').SecureContext;
}

async function tunnelThrough(proxy: ProxyServer, connect: ConnectOptions): Promise<Connector> {
  const [{ tunnelConnector }, handshake, direct] = await Promise.all([
    import('./tunnel.ts'),
    proxy.kind === 'socks5'
      ? import('./socks-handshake.ts').then(({ socksHandshake }) => socksHandshake)
      : import('./http-handshake.ts').then(({ httpHandshake }) => httpHandshake),
    directConnector(connect),
  ]);
  return tunnelConnector(proxy, direct, handshake, CONNECT_TIMEOUT_MS);
}

async function directConnector(connect: ConnectOptions): Promise<Connector> {
  const { default: buildConnector } = await import('undici/lib/core/connect.js');
  return buildConnector({ ...connect, allowH2: false });
}
