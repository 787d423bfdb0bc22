import type { CallErrorCode } from '../../core/error-catalogue.ts';
import { transportFailure } from './transport-failure.ts';
import type { Connector } from './tunnel.ts';

const UNREACHED: ReadonlySet<CallErrorCode> = new Set(['connection_failed', 'dns_failed']);

/**
 * Makes a connector for an https address that no proxy is set for, although one is for http: where the server is not
 * reached, the error says which variable is missing.
 */
export function namingUnusedProxy(direct: Connector, origin: string): Connector {
  return (request, connected) => {
    direct(request, (error, socket) => {
      if (error === null) return connected(null, socket);
      const failure = transportFailure(error, origin, false);
      if (!UNREACHED.has(failure.code)) return connected(error, null);
      const hint = 'HTTP_PROXY is set, but https addresses go through HTTPS_PROXY: set that, too.';
      connected(failure.with({ hint }), null);
    });
  };
}
