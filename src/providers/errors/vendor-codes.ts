import type { CallErrorCode } from '../../core/error-catalogue.ts';

/** Words that say more than any HTTP status: they decide whatever the status is. */
const DECIDING: Readonly<Record<string, CallErrorCode>> = {
  rate_limit_exceeded: 'rate_limited',
  rate_limit_error: 'rate_limited',
  rate_limit_reached_error: 'rate_limited',
  rate_limited: 'rate_limited',
  too_many_requests: 'rate_limited',
  resource_exhausted: 'rate_limited',
  throttlingexception: 'rate_limited',
  overloaded_error: 'overloaded',
  engine_overloaded_error: 'overloaded',
  engine_overloaded: 'overloaded',
  overloaded: 'overloaded',
  server_overloaded: 'overloaded',
  slow_down: 'overloaded',
  unavailable: 'overloaded',
  invalid_api_key: 'unauthorized',
  api_key_invalid: 'unauthorized',
  authentication_error: 'unauthorized',
  unauthenticated: 'unauthorized',
  model_not_found: 'model_not_found',
  deploymentnotfound: 'model_not_found',
};

/** Words too general to decide against a status; they serve an error that came with status 200. */
const GENERAL: Readonly<Record<string, CallErrorCode>> = {
  permission_error: 'forbidden',
  permission_denied: 'forbidden',
  not_found_error: 'model_not_found',
  not_found: 'model_not_found',
  invalid_request_error: 'bad_request',
  invalid_argument: 'bad_request',
  failed_precondition: 'bad_request',
  request_too_large: 'bad_request',
  badrequesterror: 'bad_request',
  notfounderror: 'model_not_found',
  timeout_error: 'timeout',
  deadline_exceeded: 'timeout',
  api_error: 'server_error',
  server_error: 'server_error',
  internal_server_error: 'server_error',
  internal_error: 'server_error',
  internalservererror: 'server_error',
  internal: 'server_error',
};

/** The class that a vendor's own words decide; null when they leave it to the status. */
export function decidedByCode(codes: readonly string[]): CallErrorCode | null {
  return firstIn(DECIDING, codes);
}

/** The class that a vendor's words suggest where there is no status to go by. */
export function suggestedByCode(codes: readonly string[]): CallErrorCode | null {
  return firstIn(GENERAL, codes);
}

function firstIn(
  table: Readonly<Record<string, CallErrorCode>>,
  codes: readonly string[],
): CallErrorCode | null {
  for (const code of codes) {
    const word = code.toLowerCase();
    if (Object.hasOwn(table, word)) return table[word]!;
  }
  return null;
}
