import { describe, expect, it } from 'vitest';
import { errorClass } from './error-class.ts';
import { errorInBody, readVendorError } from './vendor-error.ts';

const classOf = (status: number, body: unknown) =>
  errorClass(status, readVendorError(errorInBody(body) ?? body));

const google = (code: number, status: string, message: string, details: unknown[] = []) => ({
  error: { code, status, message, details },
});
const quota = (quotaId: string) => ({ '@type': 'QuotaFailure', violations: [{ quotaId }] });

describe('errorClass', () => {
  it.each([
    [
      'OpenAI, too fast',
      429,
      { error: { type: 'requests', code: 'rate_limit_exceeded', message: 'Rate limit reached' } },
      'rate_limited',
    ],
    [
      'Groq, larger than its limit',
      413,
      { error: { type: 'tokens', code: 'rate_limit_exceeded', message: 'Request too large' } },
      'bad_request',
    ],
    [
      'OpenAI, larger than its limit',
      429,
      {
        error: {
          type: 'tokens',
          code: 'rate_limit_exceeded',
          message: 'Request too large on tokens per min (TPM): Limit 30000, Requested 45000.',
        },
      },
      'bad_request',
    ],
    [
      'OpenAI, too many tokens for now',
      429,
      {
        error: {
          type: 'tokens',
          code: 'rate_limit_exceeded',
          message: 'on tokens per min (TPM): Limit 30000, Used 29000, Requested 45000.',
        },
      },
      'rate_limited',
    ],
    [
      'OpenAI, by the day',
      429,
      {
        error: {
          type: 'requests',
          code: 'rate_limit_exceeded',
          message: 'on requests per day (RPD): Limit 200',
        },
      },
      'quota_exhausted',
    ],
    [
      'OpenAI, out of quota',
      429,
      {
        error: {
          type: 'insufficient_quota',
          code: 'insufficient_quota',
          message: 'You exceeded your current quota',
        },
      },
      'quota_exhausted',
    ],
    [
      'out of quota by text only',
      429,
      { error: { message: 'You exceeded your current quota, please check' } },
      'quota_exhausted',
    ],
    [
      'a text about quota with the code of a rate limit',
      429,
      { error: { code: 'rate_limit_exceeded', message: 'not: exceeded your current quota' } },
      'rate_limited',
    ],
    [
      'a prompt about billing',
      400,
      { error: { code: null, message: 'Invalid prompt: "explain billing"' } },
      'bad_request',
    ],
    [
      'Anthropic, empty account',
      400,
      {
        type: 'error',
        error: {
          type: 'invalid_request_error',
          message: 'Your credit balance is too low to access',
        },
      },
      'quota_exhausted',
    ],
    [
      'Anthropic, overloaded',
      529,
      { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } },
      'overloaded',
    ],
    [
      'Anthropic, rate',
      429,
      { type: 'error', error: { type: 'rate_limit_error', message: 'slow' } },
      'rate_limited',
    ],
    [
      'Gemini, by the minute',
      429,
      google(429, 'RESOURCE_EXHAUSTED', 'You exceeded your current quota', [
        quota('GenerateRequestsPerMinutePerProjectPerModel'),
      ]),
      'rate_limited',
    ],
    [
      'Gemini, by the day',
      429,
      google(429, 'RESOURCE_EXHAUSTED', 'You exceeded your current quota', [
        quota('GenerateRequestsPerDayPerProjectPerModel-FreeTier'),
      ]),
      'quota_exhausted',
    ],
    [
      'Gemini, bad key',
      400,
      google(400, 'INVALID_ARGUMENT', 'API key not valid.', [{ reason: 'API_KEY_INVALID' }]),
      'unauthorized',
    ],
    ['Gemini, busy', 503, google(503, 'UNAVAILABLE', 'The model is overloaded.'), 'overloaded'],
    [
      'Azure, filter',
      400,
      {
        error: {
          code: 'content_filter',
          message: 'x',
          innererror: { code: 'ResponsibleAIPolicyViolation' },
        },
      },
      'content_filtered',
    ],
    [
      'Azure, no deployment',
      404,
      { error: { code: 'DeploymentNotFound', message: 'x' } },
      'model_not_found',
    ],
    [
      'vLLM',
      404,
      { object: 'error', message: 'no model', type: 'NotFoundError', code: 404 },
      'model_not_found',
    ],
    ['no account', 402, {}, 'quota_exhausted'],
    ['forbidden', 403, { error: { message: 'region' } }, 'forbidden'],
    [
      'forbidden for want of money',
      403,
      { error: { code: 'insufficient_quota' } },
      'quota_exhausted',
    ],
    ['too large', 413, {}, 'bad_request'],
    ['time-out', 408, {}, 'timeout'],
    ['conflict', 409, {}, 'conflict'],
    ['TGI, failed while generating', 424, { error: 'x', error_type: 'generation' }, 'server_error'],
    ['Google, cancelled', 499, google(499, 'CANCELLED', 'x'), 'server_error'],
    ['too early', 425, {}, 'conflict'],
    ['bad gateway', 502, '<html>', 'server_error'],
    ['inner number', 200, { error: { code: 503, message: 'x' } }, 'server_error'],
    ['inner text number', 200, { error: { code: '401' } }, 'unauthorized'],
    ['inner word', 200, { error: { type: 'invalid_request_error' } }, 'bad_request'],
    [
      'in a choice',
      200,
      { choices: [{ error: { code: 502, message: 'upstream' } }] },
      'server_error',
    ],
    ['a text with a code beside it', 200, { error: 'slow down', code: 429 }, 'rate_limited'],
    ['a number as type', 200, { type: 'error', error: { type: 429 } }, 'rate_limited'],
    ['nothing known', 200, { error: {} }, 'error_in_response'],
  ])('reads %s', (_, status, body, expected) => {
    expect(classOf(status, body)).toBe(expected);
  });

  it('finds no error where the error is null', () => {
    expect(errorInBody({ error: null, choices: [] })).toBeUndefined();
  });
});
