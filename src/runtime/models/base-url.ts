import { isSecretQuery, withoutSlashesAtEnd } from '../../providers/index.ts';

/** An address as it will be used, or why it cannot be. The problem ends a sentence and quotes nothing. */
export type CheckedBaseUrl = { readonly url: string } | { readonly problem: string };

const LOOPBACK = /^(localhost|127(\.\d+){3}|0\.0\.0\.0|\[::1\])(?=[:/?]|$)/i;

/**
 * Checks a base URL: http or https, no user name or password, no fragment, no key in its query. A value without a
 * scheme (`localhost:11434`, as OLLAMA_HOST is written) takes scheme and port of the usual address, but `http` on this
 * machine, where servers have no certificates; `0.0.0.0`, where a server listens, becomes the loopback address where it answers.
 *
 * @param usual the provider's own address; null when it has none.
 * @returns the URL without a slash at its end.
 */
export function checkBaseUrl(text: string, usual: string | null): CheckedBaseUrl {
  const value = text.trim();
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(value);
  const usualUrl = usual === null ? null : URL.parse(usual);
  if (!hasScheme && !usualUrl) return { problem: 'must begin with http:// or https://' };
  const scheme = LOOPBACK.test(value) ? 'http:' : usualUrl?.protocol;
  const url = URL.parse(hasScheme ? value : `${scheme}//${value}`);
  // `http:///v1` would be read as the host "v1".
  if (!url?.hostname || /^[a-z][a-z0-9+.-]*:\/\/[/\\]/i.test(value)) {
    return { problem: 'is not an address such as https://host/v1' };
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return { problem: 'must begin with http:// or https://' };
  }
  if (url.username || url.password) {
    return { problem: 'holds a user name or password; keys belong in a variable' };
  }
  if (url.hash) return { problem: 'must not hold "#"' };
  if ([...url.searchParams.keys()].some(isSecretQuery)) {
    return { problem: 'holds a key in its query; keys belong in a variable' };
  }
  if (!hasScheme && !url.port && usualUrl) url.port = usualUrl.port;
  if (url.hostname === '0.0.0.0') url.hostname = '127.0.0.1';
  const path = withoutSlashesAtEnd(url.pathname);
  return { url: `${url.origin}${path}${url.search}` };
}
