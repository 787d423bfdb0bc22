import type { IncomingHttpHeaders } from 'node:http';

const NAMES = ['x-request-id', 'request-id', 'apim-request-id', 'x-amzn-requestid', 'cf-ray'];

/** The id under which the provider's support finds a request; null if no header names one. */
export function requestIdOf(headers: IncomingHttpHeaders): string | null {
  for (const name of NAMES) {
    const value = headers[name];
    if (typeof value === 'string' && value !== '') return value;
  }
  return null;
}
