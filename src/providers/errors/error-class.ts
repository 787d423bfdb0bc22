import type { CallErrorCode } from '../../core/error-catalogue.ts';
import { aboutOneRow } from './about-one-row.ts';
import { isEmptyAccount } from './empty-accounts.ts';
import { decidedByCode, suggestedByCode } from './vendor-codes.ts';
import type { VendorError } from './vendor-error.ts';

/** OpenAI and Groq name both numbers where one request alone asks for more than a minute allows. */
const LIMIT_AND_REQUESTED = /\blimit:? (\d+), requested:? (\d+)/i;
/** Servers that answer 200 to a path which they do not know. */
const NO_SUCH_PATH = /^unexpected endpoint or method/i;
/** Statuses with which services refuse an account that has nothing left; others mean something else. */
const REFUSING_ACCOUNTS: ReadonlySet<number> = new Set([400, 401, 403, 412, 429]);

/**
 * Classifies an error by the status and by the vendor's own code; by its words only where vendors have no code for
 * what they say: an account with nothing left, and what is about one request.
 *
 * @param status status of the HTTP answer; 200 for an error inside a good answer.
 */
export function errorClass(status: number, error: VendorError): CallErrorCode {
  const effective = status >= 300 ? status : (error.innerStatus ?? status);
  const ofRow = aboutOneRow(effective, error);
  if (ofRow !== null) return ofRow;
  if (status < 300 && NO_SUCH_PATH.test(error.message)) return 'model_not_found';
  const mayBeEmpty = effective < 300 || REFUSING_ACCOUNTS.has(effective);
  const found =
    decidedByCode(error.codes) ??
    byStatus(effective) ??
    suggestedByCode(error.codes) ??
    'error_in_response';
  // Waiting does not help a request that is larger than its limit.
  if (found === 'rate_limited' && (effective === 413 || neverFits(error))) return 'bad_request';
  return mayBeEmpty && isEmptyAccount(error, effective) ? 'quota_exhausted' : found;
}

function neverFits({ message }: VendorError): boolean {
  const [, limit, requested] = LIMIT_AND_REQUESTED.exec(message) ?? [];
  return Number(requested) > Number(limit);
}

const BY_STATUS: Readonly<Record<number, CallErrorCode>> = {
  401: 'unauthorized',
  402: 'quota_exhausted',
  403: 'forbidden',
  404: 'model_not_found',
  408: 'timeout',
  409: 'conflict',
  424: 'server_error',
  425: 'conflict',
  429: 'rate_limited',
  498: 'overloaded',
  499: 'server_error',
  504: 'timeout',
  529: 'overloaded',
};

function byStatus(status: number): CallErrorCode | null {
  if (status < 300) return null;
  return BY_STATUS[status] ?? (status >= 500 ? 'server_error' : 'bad_request');
}
