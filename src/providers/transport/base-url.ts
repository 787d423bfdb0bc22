import { TuttiError } from '../../core/tutti-error.ts';

const VERSION_SEGMENT = /^v\d+(alpha|beta)?\d*$/i;
const CALL_PATHS =
  /\/(chat\/completions|completions|responses|messages|api\/chat|api\/generate|models\/[^/]+:(?:stream)?[gG]enerateContent)$/;

/** An address as a user gave it, without slashes at its end, fragment and the path of a call. */
export interface GivenAddress {
  /** Without its query. */
  readonly url: URL;
  /** The query, sent with each call; without its question mark, empty if there is none. */
  readonly query: string;
  /** True when it had the path of a call: what is before that is the base URL, whatever it is. */
  readonly exact: boolean;
}

/**
 * Reads an address that a user gave as a base URL, or as the address of a call (`…/chat/completions`).
 *
 * @throws TuttiError `bad_settings` when it is not an http or https address.
 */
export function readAddress(given: string, endpoint: string): GivenAddress {
  const text = given.trim();
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new TuttiError('bad_settings', `The base URL of ${endpoint} is not an address: ${text}`, {
      hint: 'It begins with http:// or https://, such as http://localhost:8000/v1.',
    });
  }
  const query = url.search.slice(1);
  url.search = '';
  url.hash = '';
  const path = withoutSlashesAtEnd(url.pathname);
  url.pathname = path.replace(CALL_PATHS, '');
  return { url, query, exact: CALL_PATHS.test(path) };
}

/** A path without the slashes at its end; by a walk, since a pattern would begin anew at each slash of a long row. */
export function withoutSlashesAtEnd(path: string): string {
  let end = path.length;
  while (path[end - 1] === '/') end--;
  return path.slice(0, end);
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
  return `${url.origin}${withoutSlashesAtEnd(url.pathname)}`;
}

/**
 * Completes an address of an API that copies OpenAI's: one with a path is what it is, a bare origin gets the version
 * path. At the provider's own host the path of its usual address is completed.
 */
export function withUsualPath(address: GivenAddress, usualBaseUrl: string): string {
  const { url } = address;
  const isOwnHost = url.host === new URL(usualBaseUrl).host;
  return url.pathname.length > 1 && !isOwnHost
    ? addressOf(url)
    : withVersionPath(address, usualBaseUrl);
}

/** Adds a query to a path; what the path itself says already is not said twice. */
export function withQuery(path: string, query: string): string {
  if (query === '') return path;
  const start = path.indexOf('?');
  if (start === -1) return `${path}?${query}`;
  const said = new Set(new URLSearchParams(path.slice(start)).keys());
  const others = query.split('&').filter((pair) => !said.has(nameOf(pair)));
  return [path, ...others].join('&');
}

function nameOf(pair: string): string {
  return new URLSearchParams(pair).keys().next().value ?? '';
}

/**
 * Completes an address by the version path where it has none. At the provider's own host the path
 * of its usual address is completed (`/openai` to `/openai/v1`); elsewhere only its last segment, unless
 * the user gave the address of a call.
 */
export function withVersionPath({ url, exact }: GivenAddress, usualBaseUrl: string): string {
  const usual = new URL(usualBaseUrl);
  const usualPath = withoutSlashesAtEnd(usual.pathname);
  const path = withoutSlashesAtEnd(url.pathname);
  if (path.split('/').some((segment) => VERSION_SEGMENT.test(segment))) return addressOf(url);
  if (url.host === usual.host && usualPath.startsWith(path)) return `${url.origin}${usualPath}`;
  if (exact) return addressOf(url);
  const version = usualPath.split('/').findLast((segment) => VERSION_SEGMENT.test(segment));
  return version === undefined ? addressOf(url) : `${addressOf(url)}/${version}`;
}
