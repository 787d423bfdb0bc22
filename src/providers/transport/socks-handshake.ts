import type { Socket } from 'node:net';
import type { CallError } from '../../core/call-error.ts';
import type { ProxyServer } from './proxy-address.ts';
import { noSuchProxy, refusingProxy, unauthorizedProxy, unreachedServer } from './proxy-failure.ts';

/** Asks a SOCKS 5 proxy to connect to a server, whose name the proxy looks up. */
export async function socksHandshake(
  socket: Socket,
  proxy: ProxyServer,
  hostname: string,
  port: number,
): Promise<Socket> {
  const { default: socks } = await import('undici/lib/core/socks5-client.js');
  const { user, password } = proxy;
  const client = new socks.Socks5Client(socket, { username: user, password });
  return new Promise((resolve, reject) => {
    const fail = (error: Error & { code?: string }) => {
      reject(socksFailure(error, proxy, `${hostname}:${port}`));
    };
    client.on('error', fail);
    client.on('close', () => fail(new Error('it closed the connection')));
    client.on('authenticated', () => client.connect(hostname, port));
    client.on('connected', () => resolve(socket));
    client.handshake();
  });
}

/** What a proxy may answer that says nothing of the server. */
const NOT_ALLOWED = 'UND_ERR_SOCKS5_REPLY_2';

function socksFailure(
  error: Error & { code?: string },
  proxy: ProxyServer,
  target: string,
): CallError | Error {
  const { code = '', message } = error;
  if (code.startsWith('UND_ERR_SOCKS5_AUTH')) return unauthorizedProxy(proxy, message);
  const said = message.replace('SOCKS5 connection failed: ', '');
  if (code === NOT_ALLOWED) return refusingProxy(proxy, target, said);
  if (code.startsWith('UND_ERR_SOCKS5_REPLY_') && /\d$/.test(code)) {
    return unreachedServer(proxy, target, said);
  }
  return code.startsWith('UND_ERR_SOCKS5_') ? noSuchProxy(proxy) : error;
}
