import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import type { CallError } from '../../core/call-error.ts';
import type { Connections } from './connection-set.ts';
import { type ProxyServer, proxyAuthorization } from './proxy-address.ts';
import { refusingProxy, unauthorizedProxy, unreachedServer } from './proxy-failure.ts';

/**
 * Sends requests for an address without TLS to an HTTP proxy, each with its whole address, as such proxies expect:
 * many do not connect to port 80.
 */
export class Forwarding implements Connections {
  readonly #pool: Connections;
  readonly #proxy: ProxyServer;
  readonly #target: URL;
  readonly #authorization: Readonly<Record<string, string>>;

  /** @param pool connections to the proxy. */
  constructor(pool: Connections, proxy: ProxyServer, target: URL) {
    this.#pool = pool;
    this.#proxy = proxy;
    this.#target = target;
    this.#authorization = proxyAuthorization(proxy);
  }

  dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    const { origin, host } = this.#target;
    const headers = options.headers as Record<string, string>;
    const forwarded = {
      ...options,
      origin: `${this.#proxy.kind}://${this.#proxy.shown}`,
      path: `${origin}${options.path}`,
      headers: { ...headers, host, ...this.#authorization },
    };
    return this.#pool.dispatch(forwarded, new ProxyWatch(handler, this.#proxy, host));
  }

  destroy(): Promise<void> {
    return this.#pool.destroy();
  }
}

/** Hands an answer on, unless the proxy gave it and not the server. */
class ProxyWatch implements Dispatcher.DispatchHandler {
  readonly #handler: Dispatcher.DispatchHandler;
  readonly #proxy: ProxyServer;
  readonly #host: string;
  #ended = false;

  constructor(handler: Dispatcher.DispatchHandler, proxy: ProxyServer, host: string) {
    this.#handler = handler;
    this.#proxy = proxy;
    this.#host = host;
  }

  onRequestStart(controller: Dispatcher.DispatchController, context: unknown): void {
    this.#handler.onRequestStart?.(controller, context);
  }

  onRequestSent(): void {
    this.#handler.onRequestSent?.();
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
  ): void {
    const failure = this.#failure(status, headers);
    if (failure === null) {
      this.#handler.onResponseStart?.(controller, status, headers);
      return;
    }
    this.#ended = true;
    this.#handler.onResponseError?.(controller, failure);
    controller.abort(failure);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (!this.#ended) this.#handler.onResponseData?.(controller, chunk);
  }

  onResponseEnd(controller: Dispatcher.DispatchController, trailers: IncomingHttpHeaders): void {
    if (!this.#ended) this.#handler.onResponseEnd?.(controller, trailers);
  }

  onResponseError(controller: Dispatcher.DispatchController, error: Error): void {
    if (!this.#ended) this.#handler.onResponseError?.(controller, error);
  }

  /** Only a proxy answers 407; of other answers it is the proxy's where a header says so (Squid's, RFC 9209's). */
  #failure(status: number, headers: IncomingHttpHeaders): CallError | null {
    if (status === 407) {
      const schemes = headers['proxy-authenticate']?.toString();
      return unauthorizedProxy(this.#proxy, String(status), schemes);
    }
    const isProxys = /\berror=/.test(String(headers['proxy-status'])) || 'x-squid-error' in headers;
    if (status < 400 || !isProxys) return null;
    const say = status >= 500 ? unreachedServer : refusingProxy;
    return say(this.#proxy, this.#host, String(status));
  }
}
