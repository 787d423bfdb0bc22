import type { RefusalKind } from './refusal.ts';
import { bearerToken, type Vendor } from './vendor.ts';

const STATUS: Readonly<Record<RefusalKind, number>> = {
  bad_request: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  model_not_found: 404,
  rate_limited: 429,
  tokens_limited: 429,
  busy: 503,
  quota: 429,
  server_error: 500,
  unavailable: 503,
  overloaded: 503,
};

/** Ollama: no key, errors that are one text, 503 when its queue is full. */
export const ollamaVendor: Vendor = {
  name: 'ollama',
  requestIdHeader: null,
  takesKey: false,
  keyIn: bearerToken,
  errorOf: (refusal) => ({
    status: refusal.status ?? STATUS[refusal.kind],
    body: {
      error:
        refusal.innerCode === null ? refusal.message : `${refusal.innerCode}: ${refusal.message}`,
    },
  }),
  limitHeaders: () => ({}),
};
