import { openaiError, openaiLimitHeaders } from './openai.ts';
import { Refusal } from './refusal.ts';
import { bearerToken, headerText, type Vendor, type VendorError } from './vendor.ts';

const CODES: Readonly<Record<string, string>> = {
  unauthorized: '401',
  not_found: '404',
  model_not_found: 'DeploymentNotFound',
  rate_limited: '429',
  tokens_limited: '429',
  busy: '429',
};

/** Azure OpenAI: `api-key` header, string codes, durations in seconds. */
export const azureOpenaiVendor: Vendor = {
  name: 'azure-openai',
  requestIdHeader: 'apim-request-id',
  takesKey: true,
  keyIn: (headers) => headerText(headers, 'api-key') ?? bearerToken(headers),
  lacks: (_headers, query, path) =>
    path.startsWith('/openai/deployments/') && !query.has('api-version')
      ? new Refusal('not_found', 'Resource not found')
      : null,
  errorOf: azureError,
  limitHeaders: (standing, retryAfterMs) =>
    openaiLimitHeaders(standing, retryAfterMs, (ms) => String(Math.ceil(ms / 1000))),
};

function azureError(refusal: Refusal): VendorError {
  const code = CODES[refusal.kind];
  if (!code) return openaiError(refusal);
  const { status } = openaiError(refusal);
  return { status, body: { error: { code: refusal.innerCode ?? code, message: refusal.message } } };
}
