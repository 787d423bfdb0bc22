import type { BucketStanding, LimitStanding } from '../limits/limit-gate.ts';
import type { Refusal, RefusalKind } from './refusal.ts';
import { bearerToken, retryAfterSeconds, type Vendor, type VendorError } from './vendor.ts';

interface Form {
  readonly status: number;
  readonly type: string;
  readonly code: string | null;
}

const FORMS: Readonly<Record<RefusalKind, Form>> = {
  bad_request: { status: 400, type: 'invalid_request_error', code: null },
  unauthorized: { status: 401, type: 'invalid_request_error', code: 'invalid_api_key' },
  forbidden: {
    status: 403,
    type: 'request_forbidden',
    code: 'unsupported_country_region_territory',
  },
  not_found: { status: 404, type: 'invalid_request_error', code: 'unknown_url' },
  model_not_found: { status: 404, type: 'invalid_request_error', code: 'model_not_found' },
  rate_limited: { status: 429, type: 'requests', code: 'rate_limit_exceeded' },
  tokens_limited: { status: 429, type: 'tokens', code: 'rate_limit_exceeded' },
  busy: { status: 429, type: 'requests', code: 'rate_limit_exceeded' },
  quota: { status: 429, type: 'insufficient_quota', code: 'insufficient_quota' },
  server_error: { status: 500, type: 'server_error', code: null },
  unavailable: { status: 503, type: 'server_error', code: 'service_unavailable' },
  overloaded: { status: 503, type: 'server_error', code: 'server_overloaded' },
};

/** OpenAI: bearer key, `error` object with type and code, limits as `6ms` or `1m20s`. */
export const openaiVendor: Vendor = {
  name: 'openai',
  requestIdHeader: 'x-request-id',
  takesKey: true,
  keyIn: bearerToken,
  errorOf: openaiError,
  limitHeaders: (standing, retryAfterMs) => openaiLimitHeaders(standing, retryAfterMs, goDuration),
};

/** Writes a refusal as OpenAI does. */
export function openaiError(refusal: Refusal): VendorError {
  const form = FORMS[refusal.kind];
  const error = {
    message: refusal.message,
    type: form.type,
    param: refusal.parameter,
    code: refusal.innerCode ?? form.code,
  };
  return { status: refusal.status ?? form.status, body: { error } };
}

/** Writes the `x-ratelimit-*` headers, with the vendor's own spelling of durations. */
export function openaiLimitHeaders(
  standing: LimitStanding | null,
  retryAfterMs: number | null,
  spell: (ms: number) => string,
): Record<string, string> {
  const headers: Record<string, string> = {};
  const add = (what: string, bucket: BucketStanding | null | undefined) => {
    if (!bucket) return;
    headers[`x-ratelimit-limit-${what}`] = String(bucket.limit);
    headers[`x-ratelimit-remaining-${what}`] = String(bucket.remaining);
    headers[`x-ratelimit-reset-${what}`] = spell(bucket.resetMs);
  };
  add('requests', standing?.requests);
  add('tokens', standing?.tokens);
  if (retryAfterMs !== null) {
    headers['retry-after'] = retryAfterSeconds(retryAfterMs);
    headers['retry-after-ms'] = String(Math.ceil(retryAfterMs));
  }
  return headers;
}

/** Spells a duration as Go prints it: `6ms`, `1.5s`, `1m20s`, `1h0m5s`. */
export function goDuration(durationMs: number): string {
  const ms = Math.max(0, Math.ceil(durationMs));
  if (ms === 0) return '0s';
  if (ms < 1000) return `${ms}ms`;
  const seconds = `${(ms % 60_000) / 1000}s`;
  const minutes = Math.floor(ms / 60_000);
  if (minutes === 0) return seconds;
  const hours = Math.floor(minutes / 60);
  return hours === 0 ? `${minutes}m${seconds}` : `${hours}h${minutes % 60}m${seconds}`;
}
