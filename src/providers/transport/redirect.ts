import type { IncomingHttpHeaders } from 'node:http';
import { CallError } from '../../core/call-error.ts';

/** Refuses an answer that sends the caller elsewhere: key and prompt go nowhere the user did not name. */
export function unexpectedRedirect(
  status: number,
  headers: IncomingHttpHeaders,
  origin: string,
): CallError {
  const target = hostOf(headers.location, origin);
  return new CallError(
    'unexpected_redirect',
    `${origin} answered ${status} and points to ${target}; redirects are not followed`,
    {
      httpStatus: status,
      hint: `If ${target} is right, set it as the base URL.`,
    },
  );
}

function hostOf(location: string | undefined, origin: string): string {
  if (location === undefined) return 'nowhere';
  try {
    const url = new URL(location, origin);
    return url.host === new URL(origin).host && url.protocol === new URL(origin).protocol
      ? `${url.host}${url.pathname}`
      : url.host;
  } catch {
    return 'an address that cannot be read';
  }
}
