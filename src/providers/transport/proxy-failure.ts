import { CallError } from '../../core/call-error.ts';
import type { ProxyServer } from './proxy-address.ts';
import { transportFailure } from './transport-failure.ts';

/** Says that a proxy could not be reached, in our words. */
export function unreachableProxy(error: unknown, proxy: ProxyServer): CallError {
  const failure = transportFailure(error, proxy.shown, false);
  // Nothing was asked yet: it is as if there were no network.
  const code = failure.code === 'connection_reset' ? 'connection_failed' : failure.code;
  const [, detail = ''] = /( \(.*\))$/s.exec(failure.message) ?? [];
  const what = code === 'dns_failed' ? 'The name of the proxy is unknown' : NO_CONNECTION;
  return new CallError(code, `${what}: ${proxy.shown}${detail}`, {
    hint: code === 'tls_failed' ? failure.hint : aroundHint(proxy),
  });
}

/** Says that a proxy did not answer in time. */
export function silentProxy(proxy: ProxyServer, timeoutMs: number): CallError {
  const seconds = Math.round(timeoutMs / 100) / 10;
  return new CallError(
    'connection_failed',
    `The proxy ${proxy.shown} opened no connection within ${seconds} s`,
    { hint: aroundHint(proxy) },
  );
}

/** Says that a proxy could not reach the server that it was asked for. */
export function unreachedServer(proxy: ProxyServer, target: string, why: string): CallError {
  return new CallError(
    'connection_failed',
    `The proxy ${proxy.shown} has no connection to ${target}: ${why}`,
    {
      hint: `Is ${target} right, and may the proxy reach it? The proxy is set in ${proxy.variable}.`,
    },
  );
}

/** Says that a proxy does not want to reach a server for us. */
export function refusingProxy(proxy: ProxyServer, target: string, why: string): CallError {
  return new CallError(
    'proxy_refused',
    `The proxy ${proxy.shown} does not let tutti reach ${target}: ${why}`,
    {
      hint:
        `The proxy says so, not the server. Whoever runs it can allow ${target}; ` +
        `if it is reached without a proxy, add it to NO_PROXY.`,
    },
  );
}

/** Says that a proxy wants to know who asks, or does not believe it. `schemes`: what it takes, such as `NTLM`. */
export function unauthorizedProxy(proxy: ProxyServer, detail: string, schemes = ''): CallError {
  const known = proxy.user !== '' || proxy.password !== '';
  const what = known ? 'does not take the user and password' : 'wants a user and a password';
  const offers = schemes.split(/\s*,\s*/).map((scheme) => scheme.split(' ')[0]!.toLowerCase());
  const isForeign = schemes !== '' && !offers.includes('basic');
  const where = `${proxy.variable}=${proxy.kind}://USER:PASSWORD@${proxy.shown}`;
  return new CallError('proxy_refused', `The proxy ${proxy.shown} ${what} (${detail})`, {
    hint: isForeign
      ? 'It takes other ways than a password (such as NTLM or Kerberos); a helper on this machine, such as px or cntlm, speaks them.'
      : `Set ${where}, special characters percent-encoded (@ as %40).`,
  });
}

/** Says that what answers is no proxy of that kind. */
export function noSuchProxy(proxy: ProxyServer): CallError {
  const kind = proxy.kind === 'socks5' ? 'SOCKS 5' : 'HTTP';
  return new CallError('proxy_refused', `What answers at ${proxy.shown} is no ${kind} proxy`, {
    hint: `It is set in ${proxy.variable}; an HTTP proxy is written http://HOST:PORT, one of SOCKS socks5://HOST:PORT.`,
  });
}

const NO_CONNECTION = 'No connection to the proxy';

function aroundHint({ variable }: ProxyServer): string {
  return `It is set in ${variable}; NO_PROXY names the hosts that are reached without one.`;
}
