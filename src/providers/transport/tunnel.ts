import type { Socket } from 'node:net';
import { CallError } from '../../core/call-error.ts';
import type { ProxyServer } from './proxy-address.ts';
import { silentProxy, unreachableProxy } from './proxy-failure.ts';

/** What undici's connector is asked for. */
export interface ConnectRequest {
  readonly protocol: string;
  /** Without brackets. */
  readonly hostname: string;
  readonly host?: string;
  /** Empty for the usual one. */
  readonly port: string;
  readonly servername?: string;
  /** A connection that is there already and only needs TLS. */
  readonly httpSocket?: Socket;
}

/** Tells how a connection came about; one of the two is given. */
export type Connected = (
  ...result: [error: null, socket: Socket] | [error: Error, socket: null]
) => void;

/** Opens a connection, with TLS where the protocol says so. */
export type Connector = (request: ConnectRequest, connected: Connected) => void;

/** Speaks to a proxy on a fresh connection until that leads to the server. Rejects with a CallError. */
export type Handshake = (
  socket: Socket,
  proxy: ProxyServer,
  hostname: string,
  port: number,
) => Promise<Socket>;

/**
 * Makes a connector that goes through a proxy: it connects to the proxy, has it connect to the server, and then speaks
 * TLS with the server itself, so that the proxy sees neither key nor prompt.
 *
 * @param timeoutMs for the way to the server; TLS with it has the connector's own.
 */
export function tunnelConnector(
  proxy: ProxyServer,
  direct: Connector,
  handshake: Handshake,
  timeoutMs: number,
): Connector {
  return (request, connected) => {
    const isSecure = request.protocol === 'https:';
    const port = Number(request.port) || (isSecure ? 443 : 80);
    const open = throughProxy(proxy, direct, timeoutMs, (socket) =>
      handshake(socket, proxy, request.hostname, port),
    );
    open.then(
      (socket) =>
        isSecure ? direct({ ...request, httpSocket: socket }, connected) : connected(null, socket),
      (error: Error) => connected(error, null),
    );
  };
}

async function throughProxy(
  proxy: ProxyServer,
  direct: Connector,
  timeoutMs: number,
  handshake: (socket: Socket) => Promise<Socket>,
): Promise<Socket> {
  const socket = await toProxy(proxy, direct);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(silentProxy(proxy, timeoutMs)), timeoutMs);
  });
  try {
    return await Promise.race([handshake(socket), late]);
  } catch (error) {
    // What happens to it from now on is nobody's business.
    socket.on('error', () => {}).destroy();
    throw error instanceof CallError ? error : unreachableProxy(error, proxy);
  } finally {
    clearTimeout(timer);
  }
}

/** Makes a connector that ends at the proxy itself, whatever it is asked for. */
export function proxyConnector(proxy: ProxyServer, direct: Connector): Connector {
  return (_, connected) => {
    toProxy(proxy, direct).then(
      (socket) => connected(null, socket),
      (error: Error) => connected(error, null),
    );
  };
}

function toProxy(proxy: ProxyServer, direct: Connector): Promise<Socket> {
  const { hostname, port, kind } = proxy;
  const protocol = kind === 'https' ? 'https:' : 'http:';
  return new Promise((resolve, reject) => {
    direct({ protocol, hostname, host: hostname, port: String(port) }, (error, socket) => {
      if (error === null) resolve(socket);
      else reject(unreachableProxy(error, proxy));
    });
  });
}
