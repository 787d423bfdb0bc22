import type { JsonObject } from '../../core/json.ts';
import type { Refusal, RefusalKind } from './refusal.ts';
import { headerText, type Vendor, type VendorError } from './vendor.ts';

const FORMS: Readonly<Record<RefusalKind, readonly [code: number, status: string]>> = {
  bad_request: [400, 'INVALID_ARGUMENT'],
  unauthorized: [400, 'INVALID_ARGUMENT'],
  forbidden: [403, 'PERMISSION_DENIED'],
  not_found: [404, 'NOT_FOUND'],
  model_not_found: [404, 'NOT_FOUND'],
  rate_limited: [429, 'RESOURCE_EXHAUSTED'],
  tokens_limited: [429, 'RESOURCE_EXHAUSTED'],
  busy: [429, 'RESOURCE_EXHAUSTED'],
  quota: [429, 'RESOURCE_EXHAUSTED'],
  server_error: [500, 'INTERNAL'],
  unavailable: [503, 'UNAVAILABLE'],
  overloaded: [503, 'UNAVAILABLE'],
};

const QUOTA_IDS: Readonly<Record<string, string>> = {
  rate_limited: 'GenerateRequestsPerMinutePerProjectPerModel',
  tokens_limited: 'GenerateContentInputTokensPerModelPerMinute',
  quota: 'GenerateRequestsPerDayPerProjectPerModel',
};

/** Gemini: key in a header or the query, `google.rpc.Status` errors, no limit headers at all. */
export const geminiVendor: Vendor = {
  name: 'gemini',
  requestIdHeader: null,
  takesKey: true,
  keyIn: (headers, query) => headerText(headers, 'x-goog-api-key') ?? query.get('key'),
  errorOf: geminiError,
  limitHeaders: () => ({}),
};

function geminiError(refusal: Refusal, retryAfterMs: number | null): VendorError {
  const [code, status] = FORMS[refusal.kind];
  const details = errorDetails(refusal.kind, retryAfterMs);
  return {
    status: refusal.status ?? code,
    body: {
      error: {
        code: refusal.innerCode ?? refusal.status ?? code,
        message:
          refusal.kind === 'unauthorized'
            ? 'API key not valid. Please pass a valid API key.'
            : refusal.message,
        status,
        ...(details.length > 0 && { details }),
      },
    },
  };
}

function errorDetails(kind: RefusalKind, retryAfterMs: number | null): JsonObject[] {
  const details: JsonObject[] = [];
  if (kind === 'unauthorized') {
    details.push({
      '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
      reason: 'API_KEY_INVALID',
      domain: 'googleapis.com',
    });
  }
  const quotaId = QUOTA_IDS[kind];
  if (quotaId) {
    details.push({
      '@type': 'type.googleapis.com/google.rpc.QuotaFailure',
      violations: [{ quotaId }],
    });
  }
  if (retryAfterMs !== null) {
    details.push({
      '@type': 'type.googleapis.com/google.rpc.RetryInfo',
      retryDelay: `${Number((retryAfterMs / 1000).toFixed(3))}s`,
    });
  }
  return details;
}
