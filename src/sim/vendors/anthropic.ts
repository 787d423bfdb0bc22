import type { BucketStanding } from '../limits/limit-gate.ts';
import { Refusal, type RefusalKind } from './refusal.ts';
import {
  bearerToken,
  headerText,
  retryAfterSeconds,
  type Vendor,
  type VendorError,
} from './vendor.ts';

const FORMS: Readonly<Record<RefusalKind, readonly [status: number, type: string]>> = {
  bad_request: [400, 'invalid_request_error'],
  unauthorized: [401, 'authentication_error'],
  forbidden: [403, 'permission_error'],
  not_found: [404, 'not_found_error'],
  model_not_found: [404, 'not_found_error'],
  rate_limited: [429, 'rate_limit_error'],
  tokens_limited: [429, 'rate_limit_error'],
  busy: [429, 'rate_limit_error'],
  quota: [400, 'invalid_request_error'],
  server_error: [500, 'api_error'],
  unavailable: [503, 'api_error'],
  overloaded: [529, 'overloaded_error'],
};

/** What Anthropic's API says when the account has no money left: a 400 that only its words tell apart. */
const NO_CREDIT =
  'Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.';

/** Anthropic: `x-api-key`, errors with a type, limits with moments in RFC 3339. */
export const anthropicVendor: Vendor = {
  name: 'anthropic',
  requestIdHeader: 'request-id',
  takesKey: true,
  keyIn: (headers) => headerText(headers, 'x-api-key') ?? bearerToken(headers),
  lacks: (headers) =>
    headers['anthropic-version'] === undefined
      ? new Refusal('bad_request', 'anthropic-version: header is required')
      : null,
  errorOf: anthropicError,
  limitHeaders(standing, retryAfterMs, wallMs) {
    const headers: Record<string, string> = {};
    const add = (what: string, bucket: BucketStanding | null | undefined) => {
      if (!bucket) return;
      headers[`anthropic-ratelimit-${what}-limit`] = String(bucket.limit);
      headers[`anthropic-ratelimit-${what}-remaining`] = String(bucket.remaining);
      headers[`anthropic-ratelimit-${what}-reset`] = rfc3339(wallMs + bucket.resetMs);
    };
    add('requests', standing?.requests);
    add('tokens', standing?.tokens);
    if (retryAfterMs !== null) headers['retry-after'] = retryAfterSeconds(retryAfterMs);
    return headers;
  },
};

function anthropicError(refusal: Refusal): VendorError {
  const [status, type] = FORMS[refusal.kind];
  const message = refusal.kind === 'quota' ? NO_CREDIT : refusal.message;
  const error = { type: refusal.innerCode ?? type, message };
  return { status: refusal.status ?? status, body: { type: 'error', error } };
}

/** A moment in whole seconds, rounded up as the vendor does. */
function rfc3339(wallMs: number): string {
  return new Date(Math.ceil(wallMs / 1000) * 1000).toISOString().replace('.000Z', 'Z');
}
