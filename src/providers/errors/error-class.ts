import type { CallErrorCode } from '../../core/error-catalogue.ts';
import { decidedByCode, suggestedByCode } from './vendor-codes.ts';
import type { VendorError } from './vendor-error.ts';

/** Google names each quota that was hit; one counted by the day does not come back in minutes. */
const DAILY_QUOTA = /PerDay/;
/** OpenAI and Groq mark the limit that was hit: requests or tokens per day. */
const DAILY_MARK = /\((?:RPD|TPD)\)/;
/** OpenAI and Groq name both numbers where one request alone asks for more than a minute allows. */
const LIMIT_AND_REQUESTED = /\blimit:? (\d+), requested:? (\d+)/i;
/** Servers that answer 200 to a path which they do not know. */
const NO_SUCH_PATH = /^unexpected endpoint or method/i;
/** Vendors that report an empty account without a code of its own, by the status they do it with. */
const OUT_OF_CREDIT: Readonly<Record<number, RegExp>> = {
  400: /^your credit balance is too low/i,
  429: /exceeded your current quota|insufficient (?:balance|credits?|quota)|out of credits/i,
};

/**
 * Classifies an error by the status and by the vendor's own code, never by a word of its message
 * where a code exists.
 *
 * @param status status of the HTTP answer; 200 for an error inside a good answer.
 */
export function errorClass(status: number, error: VendorError): CallErrorCode {
  const effective = status >= 300 ? status : (error.innerStatus ?? status);
  const decided =
    decidedByCode(error.codes) ??
    (status < 300 && NO_SUCH_PATH.test(error.message) ? 'model_not_found' : null) ??
    (outOfCredit(effective, error) ? 'quota_exhausted' : null);
  const found =
    decided ?? byStatus(effective) ?? suggestedByCode(error.codes) ?? 'error_in_response';
  if (found !== 'rate_limited') return found;
  // Waiting does not help a request that is larger than its limit.
  if (effective === 413 || neverFits(error)) return 'bad_request';
  return isDaily(error) ? 'quota_exhausted' : 'rate_limited';
}

function neverFits({ message }: VendorError): boolean {
  const [, limit, requested] = LIMIT_AND_REQUESTED.exec(message) ?? [];
  return Number(requested) > Number(limit);
}

function isDaily(error: VendorError): boolean {
  if (error.quotaIds.length > 0) return error.quotaIds.some((id) => DAILY_QUOTA.test(id));
  return DAILY_MARK.test(error.message);
}

function outOfCredit(status: number, error: VendorError): boolean {
  return OUT_OF_CREDIT[status]?.test(error.message) ?? false;
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
