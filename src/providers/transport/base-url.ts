import { TuttiError } from '../../core/tutti-error.ts';

const VERSION_SEGMENT = /^v\d+(alpha|beta)?\d*$/i;
const CALL_PATHS = /\/(chat\/completions|completions|responses|messages|api\/chat|api\/generate)$/;

/** An address as a user gave it, without slashes at its end, query, fragment and the path of a call. */
export interface GivenAddress {
  readonly url: URL;
  /** True when it had the path of a call: what is before that is the base URL, whatever it is. */
  readonly exact: boolean;
}

/**
 * Reads an address that a user gave as a base URL, or as the address of a call (`…/chat/completions`).
 *
 * @throws TuttiError `bad_settings` when it is not an http or https address.
 */
export function readBaseUrl(given: string, endpoint: string): GivenAddress {
  const text = given.trim();
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new TuttiError('bad_settings', `The base URL of ${endpoint} is not an address: ${text}`, {
      hint: 'It begins with http:// or https://, such as http://localhost:8000/v1.',
    });
  }
  url.search = '';
  url.hash = '';
  const path = url.pathname.replace(/\/+$/, '');
  url.pathname = path.replace(CALL_PATHS, '');
  return { url, exact: CALL_PATHS.test(path) };
}

/** Undoes the percent-encoding of a part of an address; one that is not well encoded stays as it is. */
export function meantBy(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Writes an address without the slash that `URL` puts at the end of an empty path. */
export function addressOf(url: URL): string {
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

/**
 * Completes an address by the version path where it has none. At the provider's own host the path
 * of its usual address is completed (`/openai` to `/openai/v1`); elsewhere only its last segment, unless
 * the user gave the address of a call.
 */
export function withVersionPath({ url, exact }: GivenAddress, usualBaseUrl: string): string {
  const usual = new URL(usualBaseUrl);
  const usualPath = usual.pathname.replace(/\/+$/, '');
  const path = url.pathname.replace(/\/+$/, '');
  if (path.split('/').some((segment) => VERSION_SEGMENT.test(segment))) return addressOf(url);
  if (url.host === usual.host && usualPath.startsWith(path)) return `${url.origin}${usualPath}`;
  if (exact) return addressOf(url);
  const version = usualPath.split('/').findLast((segment) => VERSION_SEGMENT.test(segment));
  return version === undefined ? addressOf(url) : `${addressOf(url)}/${version}`;
}
