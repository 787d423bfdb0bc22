import { describe, expect, it } from 'vitest';
import { errorClass } from './error-class.ts';
import { errorInBody, readVendorError } from './vendor-error.ts';

const classOf = (status: number, body: unknown) =>
  errorClass(status, readVendorError(errorInBody(body) ?? body));
const said = (message: string, more: object = {}) => ({ error: { message, ...more } });
const anthropic = (type: string, message: string) => ({ type: 'error', error: { type, message } });

describe('an account with nothing left', () => {
  it.each([
    [
      'OpenAI, prepaid',
      429,
      said('You have no credits remaining', {
        type: 'insufficient_quota',
        code: 'credit_balance_exhausted',
      }),
    ],
    [
      'ChatGPT plan',
      429,
      said('The usage limit has been reached', { type: 'usage_limit_reached' }),
    ],
    ['OpenAI', 429, said('You exceeded your current quota', { code: 'insufficient_quota' })],
    [
      'OpenAI, hard limit',
      400,
      said('Billing hard limit has been reached', { code: 'billing_hard_limit_reached' }),
    ],
    [
      'OpenAI, requests a day',
      429,
      said('Rate limit reached on requests per day (RPD): Limit 200, Used 200', {
        code: 'rate_limit_exceeded',
      }),
    ],
    [
      'Groq, tokens a day',
      429,
      said('Rate limit reached for model `m` on tokens per day (TPD): Limit 500000, Used 499000', {
        code: 'rate_limit_exceeded',
        type: 'tokens',
      }),
    ],
    [
      'Anthropic, credit',
      400,
      anthropic('invalid_request_error', 'Your credit balance is too low to access the API.'),
    ],
    [
      'Anthropic, usage limits',
      400,
      anthropic(
        'invalid_request_error',
        'You have reached your specified API usage limits. You will regain access on 2026-12-01 at 00:00 UTC.',
      ),
    ],
    [
      'Anthropic, usage limits of an organization',
      400,
      anthropic(
        'invalid_request_error',
        'This organization reached its specified API usage limits; access returns on 2026-12-01 at 00:00 UTC.',
      ),
    ],
    [
      'Anthropic, daily',
      429,
      anthropic('rate_limit_error', 'Number of request tokens has exceeded your daily rate limit'),
    ],
    ['Anthropic, billing', 403, anthropic('billing_error', 'Your billing details need attention')],
    [
      'xAI, 429',
      429,
      {
        code: 'Some resource has been exhausted',
        error: 'Your team has used all available credits or reached its monthly spending limit.',
      },
    ],
    [
      'xAI, 403',
      403,
      {
        code: 'permission-denied',
        error:
          'Team 0 has used all of its available credits or reached its monthly spending limit. Purchase credits.',
      },
    ],
    [
      'xAI, never paid',
      403,
      {
        code: 'permission-denied',
        error:
          'Your newly created team does not have any credits yet. You can purchase credits on the console.',
      },
    ],
    [
      'LiteLLM proxy, 400',
      400,
      said('Budget has been exceeded! Current cost: 1.2, Max budget: 1.0', {
        type: 'budget_exceeded',
        code: '400',
      }),
    ],
    [
      'LiteLLM proxy, 429',
      429,
      said('Budget has been exceeded! Current cost: 1.2, Max budget: 1.0', {
        type: 'budget_exceeded',
        code: '429',
      }),
    ],
    [
      'LiteLLM proxy, of a key',
      400,
      said('ExceededBudget: User=u over budget. Spend=2, Budget=1', { type: 'budget_exceeded' }),
    ],
    ['GLM, balance', 429, said('账户余额不足，请充值后再试。', { code: '1113' })],
    [
      'Z.ai, balance in English',
      429,
      said('Insufficient balance or no resource package. Please recharge.', { code: '1113' }),
    ],
    [
      'Z.ai, window of a plan',
      429,
      said('Usage limit reached for 5 hour. Your limit will reset at 2026-12-01 00:00:00', {
        code: '1308',
      }),
    ],
    [
      'OpenRouter, free models a day',
      429,
      said('Rate limit exceeded: free-models-per-day', { code: 429 }),
    ],
    [
      'OpenRouter, credits',
      402,
      said('Insufficient credits. Add more using your account page', { code: 402 }),
    ],
    [
      'OpenRouter, limit of a key',
      403,
      said(
        'Key limit exceeded (total limit). Manage it in your settings: you have reached your monthly limit',
        { code: 403 },
      ),
    ],
    [
      'Cerebras, tokens a day',
      429,
      {
        message: 'Tokens per day limit exceeded - too many tokens processed.',
        type: 'too_many_tokens_error',
        code: 'token_quota_exceeded',
      },
    ],
    [
      'Gemini, by the day',
      429,
      said('You exceeded your current quota', {
        status: 'RESOURCE_EXHAUSTED',
        details: [
          { violations: [{ quotaId: 'GenerateRequestsPerDayPerProjectPerModel-FreeTier' }] },
        ],
      }),
    ],
    [
      'Gemini, no billing',
      403,
      said('This API method requires billing to be enabled', {
        status: 'PERMISSION_DENIED',
        details: [{ reason: 'BILLING_DISABLED' }],
      }),
    ],
    ['DeepSeek', 402, said('Insufficient Balance', { type: 'unknown_error' })],
    [
      'Moonshot',
      429,
      said('Your account is suspended, please check your plan', {
        type: 'exceeded_current_quota_error',
      }),
    ],
    [
      'Fireworks',
      412,
      said('Account a is suspended, possibly due to reaching the monthly spending limit', {
        code: 'PRECONDITION_FAILED',
      }),
    ],
    [
      'Cohere, trial key',
      429,
      { message: 'You are using a Trial key, which is limited to 1000 API calls / month.' },
    ],
    [
      'DashScope, arrears',
      400,
      {
        code: 'Arrearage',
        message: 'Access denied, please make sure your account is in good standing.',
      },
    ],
    [
      'DashScope, free tier',
      403,
      said('The free tier of the model has been exhausted.', {
        code: 'AllocationQuota.FreeTierOnly',
      }),
    ],
    [
      'Volcengine',
      403,
      said('The request failed because your account has an overdue balance.', {
        code: 'AccountOverdueError',
      }),
    ],
    [
      'SiliconFlow',
      403,
      { code: 30001, message: 'Sorry, your account balance is insufficient', data: null },
    ],
    ['new-api', 403, said('用户额度不足, 剩余额度: 0', { code: 'insufficient_user_quota' })],
    ['one-api, token', 403, said('该令牌额度已用尽', { type: 'one_api_error' })],
    [
      'Cloudflare Workers AI',
      429,
      { errors: [], message: 'you have used up your daily free allocation of 10,000 neurons' },
    ],
    [
      'GitHub Models',
      429,
      said(
        'Rate limit of 50 per 86400s exceeded for UserByModelByDay. Please wait 79214 seconds before retrying.',
        { code: 'RateLimitReached' },
      ),
    ],
    [
      'GitHub Copilot',
      402,
      said('You have exceeded your premium request allowance', { code: 'quota_exceeded' }),
    ],
    ['Bedrock', 429, { message: 'Too many tokens per day, please wait before trying again.' }],
    [
      'Perplexity',
      401,
      said('You exceeded your current quota, please check your plan', {
        type: 'insufficient_quota',
        code: 401,
      }),
    ],
    [
      'OpenCode Zen',
      401,
      {
        type: 'error',
        error: { type: 'CreditsError', message: 'Insufficient balance. Manage your billing' },
      },
    ],
    ['Vercel AI Gateway', 402, said('Insufficient funds', { type: 'insufficient_funds' })],
    [
      'Hugging Face',
      402,
      { error: 'You have exceeded your monthly included credits for Inference Providers.' },
    ],
    ['NVIDIA NIM', 402, { detail: "Account 'x': Cloud credits expired - Please contact NVIDIA" }],
    ['Chutes', 429, { detail: 'You have reached your daily request quota' }],
    ['Venice', 402, { error: 'Insufficient USD or Diem balance to complete request' }],
  ])('is found in the words of %s', (_, status, body) => {
    expect(classOf(status, body)).toBe('quota_exhausted');
  });

  it.each([
    [
      'Azure, a minute',
      429,
      said('You have exceeded the tokens per minute of this deployment', {
        code: 'insufficient_quota',
      }),
      'rate_limited',
    ],
    [
      'OpenAI, a minute',
      429,
      said('Rate limit reached on requests per min (RPM): Limit 3, Used 3', {
        code: 'rate_limit_exceeded',
      }),
      'rate_limited',
    ],
    [
      'Anthropic, a minute',
      429,
      anthropic(
        'rate_limit_error',
        'This request would exceed the rate limit for your organization of 50 requests per minute',
      ),
      'rate_limited',
    ],
    [
      'Anthropic, of one request',
      429,
      anthropic('rate_limit_error', 'Extra usage is required for requests with a long context.'),
      'rate_limited',
    ],
    [
      'Cerebras, a minute',
      429,
      { message: 'Tokens per minute limit exceeded', code: 'token_quota_exceeded' },
      'rate_limited',
    ],
    [
      'Cohere, a minute',
      429,
      { message: 'You are using a Trial key, which is limited to 20 API calls / minute.' },
      'rate_limited',
    ],
    [
      'Mistral, capacity',
      429,
      {
        object: 'error',
        message: 'Service tier capacity exceeded for this model.',
        type: 'service_tier_capacity_exceeded',
        code: '3505',
      },
      'rate_limited',
    ],
    [
      'OpenRouter, free models a minute',
      429,
      said('Rate limit exceeded: free-models-per-min', { code: 429 }),
      'rate_limited',
    ],
    [
      'Groq, a minute',
      429,
      said('Rate limit reached for model `m` on tokens per minute (TPM): Limit 6000, Used 5900', {
        code: 'rate_limit_exceeded',
      }),
      'rate_limited',
    ],
    [
      'a key that has expired',
      401,
      said('Your API key has expired', { code: 'invalid_api_key' }),
      'unauthorized',
    ],
    [
      'a request that is said again, with a prompt about days',
      400,
      said(
        "1 validation error: {'loc': ('body', 'n'), 'input': {'messages': [{'content': 'How much water a day?'}]}}",
      ),
      'bad_request',
    ],
    [
      'a request that is said again at length, with a prompt about credits',
      400,
      said(`Invalid value for n: ${'x '.repeat(300)} "what if I am out of credits?"`),
      'bad_request',
    ],
    [
      'a prompt about credits',
      400,
      said('Invalid value for temperature: "explain credits to me"', { code: 'invalid_value' }),
      'bad_request',
    ],
  ])('is not seen in %s', (_, status, body, expected) => {
    expect(classOf(status, body)).toBe(expected);
  });
});

describe('an error that is about one request', () => {
  it.each([
    [
      'OpenAI',
      400,
      said('This model has a maximum of 8192 tokens', { code: 'context_length_exceeded' }),
      'context_too_long',
    ],
    [
      'vLLM',
      400,
      {
        object: 'error',
        message:
          "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens.",
        type: 'BadRequestError',
        code: 400,
      },
      'context_too_long',
    ],
    [
      'Anthropic',
      400,
      anthropic('invalid_request_error', 'prompt is too long: 210000 tokens > 200000 maximum'),
      'context_too_long',
    ],
    [
      'Gemini',
      400,
      said(
        'The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).',
        { status: 'INVALID_ARGUMENT' },
      ),
      'context_too_long',
    ],
    [
      'llama.cpp',
      400,
      said('the request exceeds the available context size', {
        code: 400,
        type: 'exceed_context_size_error',
      }),
      'context_too_long',
    ],
    [
      'LiteLLM',
      400,
      said('litellm.ContextWindowExceededError', { type: 'ContextWindowExceededError' }),
      'context_too_long',
    ],
    ['GLM', 400, said('Prompt 超长', { code: '1261' }), 'context_too_long'],
    [
      'OpenAI, image',
      400,
      said('Failed to download image from https://x', { code: 'invalid_image_url' }),
      'media_refused',
    ],
    [
      'Anthropic, image',
      400,
      anthropic('invalid_request_error', 'messages.0.content.1.image: Could not process image'),
      'media_refused',
    ],
    [
      'Anthropic, size',
      400,
      anthropic(
        'invalid_request_error',
        'image exceeds 5 MB maximum: 6291456 bytes > 5242880 bytes',
      ),
      'media_refused',
    ],
    ['Azure, filter', 400, said('x', { code: 'content_filter' }), 'content_filtered'],
    [
      'DashScope, filter',
      400,
      { code: 'DataInspectionFailed', message: 'Input data may contain inappropriate content.' },
      'content_filtered',
    ],
  ])('is told apart by what %s says', (_, status, body, expected) => {
    expect(classOf(status, body)).toBe(expected);
  });

  it('is not every error that names an image or a context', () => {
    expect(classOf(400, said("'temperature' must be in the context of 0 to 2"))).toBe(
      'bad_request',
    );
    expect(classOf(500, said('Could not process image'))).toBe('server_error');
  });
});
