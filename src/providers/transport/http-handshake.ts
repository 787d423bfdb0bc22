import { type IncomingMessage, request } from 'node:http';
import type { Socket } from 'node:net';
import { isIP } from 'node:net';
import type { CallError } from '../../core/call-error.ts';
import { plainLine } from '../../core/plain-text.ts';
import { type ProxyServer, proxyAuthorization } from './proxy-address.ts';
import { noSuchProxy, refusingProxy, unauthorizedProxy, unreachedServer } from './proxy-failure.ts';

/** Asks an HTTP proxy to connect to a server (`CONNECT`). */
export function httpHandshake(
  socket: Socket,
  proxy: ProxyServer,
  hostname: string,
  port: number,
): Promise<Socket> {
  const target = `${isIP(hostname) === 6 ? `[${hostname}]` : hostname}:${port}`;
  return new Promise((resolve, reject) => {
    const asked = request({
      method: 'CONNECT',
      path: target,
      // Some proxies end the tunnel with the request if that says `connection: close`, as Node does by itself.
      headers: {
        host: target,
        connection: 'keep-alive',
        'proxy-connection': 'keep-alive',
        ...proxyAuthorization(proxy),
      },
      createConnection: () => socket,
    });
    asked.once('connect', (response: IncomingMessage, _: unknown, first: Buffer) => {
      const { statusCode: status = 0 } = response;
      if (status < 200 || status > 299) return reject(refusal(proxy, target, response));
      if (first.length > 0) socket.unshift(first);
      resolve(socket);
    });
    asked.on('error', (error: NodeJS.ErrnoException) => {
      reject(error.code?.startsWith('HPE_') ? noSuchProxy(proxy) : error);
    });
    asked.end();
  });
}

function refusal(proxy: ProxyServer, target: string, response: IncomingMessage): CallError {
  const { statusCode: status = 0, statusMessage = '', headers } = response;
  const said = plainLine(`${status} ${statusMessage}`.trim(), 100);
  if (status === 407) {
    return unauthorizedProxy(proxy, said, headers['proxy-authenticate']?.toString());
  }
  if (status === 429 || status >= 500) return unreachedServer(proxy, target, said);
  return refusingProxy(proxy, target, said);
}
