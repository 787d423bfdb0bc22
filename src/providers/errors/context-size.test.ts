import { describe, expect, it } from 'vitest';
import { aboutOneRow, contextSizeOf } from './about-one-row.ts';
import { errorClass } from './error-class.ts';
import { errorInBody, readVendorError } from './vendor-error.ts';

const errorOf = (body: unknown) => readVendorError(errorInBody(body) ?? body);
const said = (message: string, more: object = {}) => ({ error: { message, ...more } });

/** Who says it, the status and the body, and what is read of it: limit, given, for the answer. */
type Case = [who: string, status: number, body: unknown, size: readonly (number | null)[] | null];

const TOO_LONG: readonly Case[] = [
  [
    'OpenAI, of messages',
    400,
    said(
      "This model's maximum context length is 8192 tokens. However, your messages resulted in 10,213 tokens. Please reduce the length of the messages.",
      { code: 'context_length_exceeded' },
    ),
    [8192, 10213],
  ],
  [
    'OpenAI, of messages and the answer',
    400,
    said(
      "This model's maximum context length is 4097 tokens. However, you requested 5000 tokens (4000 in the messages, 200 in the functions, and 800 in the completion). Please reduce the length of the messages, functions, or completion.",
      { code: 'context_length_exceeded' },
    ),
    [4097, 5000, 800],
  ],
  [
    'OpenAI, of a prompt',
    400,
    said(
      "This model's maximum context length is 2049 tokens, however you requested 3000 tokens (2984 in your prompt; 16 for the completion). Please reduce your prompt; or completion length.",
    ),
    [2049, 3000, 16],
  ],
  [
    'OpenAI, of an embedding',
    400,
    said(
      "This model's maximum context length is 8192 tokens, however you requested 9000 tokens (9000 in your prompt; 0 for the completion). Please reduce your prompt; or completion length.",
    ),
    [8192, 9000, 0],
  ],
  [
    'OpenAI, of a configured limit',
    400,
    said(
      'Input tokens exceed the configured limit of 272000 tokens. Your messages resulted in 509178 tokens. Please reduce the length of the messages.',
      { code: 'context_length_exceeded' },
    ),
    [272000, 509178],
  ],
  [
    'OpenAI, Responses',
    400,
    said(
      'Your input exceeds the context window of this model. Please adjust your input and try again.',
      { code: 'context_length_exceeded' },
    ),
    null,
  ],
  [
    'OpenAI, a text in characters',
    400,
    said(
      "Invalid 'messages[1].content': string too long. Expected a string with maximum length 10485760, but got a string with length 20000000 instead.",
      { code: 'string_above_max_length' },
    ),
    null,
  ],
  [
    'Anthropic',
    400,
    {
      type: 'error',
      error: {
        type: 'invalid_request_error',
        message: 'prompt is too long: 210000 tokens > 200000 maximum',
      },
    },
    [200000, 210000],
  ],
  [
    'Anthropic, with the answer',
    400,
    {
      type: 'error',
      error: {
        type: 'invalid_request_error',
        message:
          'input length and `max_tokens` exceed context limit: 188059 + 20000 > 200000, decrease input length or `max_tokens` and try again',
      },
    },
    [200000, 208059, 20000],
  ],
  [
    'Gemini',
    400,
    said(
      'The input token count (1300000) exceeds the maximum number of tokens allowed (1048575).',
      { code: 400, status: 'INVALID_ARGUMENT' },
    ),
    [1048575, 1300000],
  ],
  [
    'Gemini, the limit alone',
    400,
    said('The input token count exceeds the maximum number of tokens allowed 1048576.'),
    [1048576, null],
  ],
  [
    'Mistral',
    400,
    {
      object: 'error',
      message:
        'Prompt contains 140000 tokens and 0 draft tokens, too large for model with 131072 maximum context length',
      type: 'invalid_request_error',
      code: '3051',
    },
    [131072, 140000],
  ],
  [
    'vLLM, until 0.10',
    400,
    {
      object: 'error',
      message:
        "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens in the messages, Please reduce the length of the messages.",
      type: 'BadRequestError',
      code: 400,
    },
    [4096, 5000],
  ],
  [
    'vLLM 0.11, with the answer',
    400,
    said(
      "'max_tokens' or 'max_completion_tokens' is too large: 2000. This model's maximum context length is 4096 tokens and your request has 3000 input tokens (2000 > 4096 - 3000).",
    ),
    [4096, 5000, 2000],
  ],
  [
    'vLLM 0.11',
    400,
    said(
      "This model's maximum context length is 4096 tokens. However, your request has 5000 input tokens. Please reduce the length of the input messages.",
    ),
    [4096, 5000],
  ],
  [
    'vLLM 0.16',
    400,
    said(
      "You passed 5000 input tokens and requested 100 output tokens. However, the model's context length is only 4096 tokens, resulting in a maximum input length of 3996 tokens. Please reduce the length of the input prompt.",
    ),
    [4096, 5100, 100],
  ],
  [
    'vLLM 0.16, in characters',
    400,
    said(
      "You passed 99999 input characters and requested 100 output tokens. However, the model's context length is only 4096 tokens, resulting in a maximum input length of 3996 tokens (at most 30000 characters).",
    ),
    [4096, null, 100],
  ],
  [
    'vLLM 0.18',
    400,
    said(
      "This model's maximum context length is 4096 tokens. However, you requested 100 output tokens and your prompt contains at least 3997 input tokens, for a total of at least 4097 tokens.",
    ),
    [4096, 4097, 100],
  ],
  [
    'vLLM, its engine',
    400,
    said('The decoder prompt (length 5000) is longer than the maximum model length of 4096.'),
    [4096, 5000],
  ],
  [
    'SGLang, with the answer',
    400,
    {
      object: 'error',
      message:
        "Requested token count exceeds the model's maximum context length of 4096 tokens. You requested a total of 5100 tokens: 5000 tokens from the input messages and 100 tokens for the completion. Please reduce",
    },
    [4096, 5100, 100],
  ],
  [
    'SGLang, Together',
    400,
    said("The input (5000 tokens) is longer than the model's context length (4096 tokens)."),
    [4096, 5000],
  ],
  [
    'SGLang, its scheduler',
    400,
    said('Input length (5000 tokens) exceeds the maximum allowed length (4095 tokens).'),
    [4095, 5000],
  ],
  [
    'a length in brackets',
    400,
    said("Input length (265330) exceeds model's maximum context length (262144)."),
    [262144, 265330],
  ],
  [
    'Text Generation Inference',
    422,
    {
      error:
        'Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096. Given: 4000 `inputs` tokens and 100 `max_new_tokens`',
      error_type: 'validation',
    },
    [4096, 4100, 100],
  ],
  [
    'Text Generation Inference, of the prompt',
    422,
    {
      error: 'Input validation error: `inputs` must have less than 4095 tokens. Given: 5000',
      error_type: 'validation',
    },
    [4095, 5000],
  ],
  [
    'llama.cpp',
    400,
    said(
      'request (5000 tokens) exceeds the available context size (4096 tokens), try increasing it',
      {
        code: 400,
        type: 'exceed_context_size_error',
        n_prompt_tokens: 5000,
        n_ctx: 4096,
      },
    ),
    [4096, 5000],
  ],
  [
    'llama.cpp, beside its words',
    400,
    said('the request exceeds the available context size, try increasing it', {
      type: 'exceed_context_size_error',
      n_prompt_tokens: 5000,
      n_ctx: 4096,
    }),
    [4096, 5000],
  ],
  [
    'llama.cpp, long ago',
    400,
    said('the request exceeds the available context size. try increasing the context size'),
    null,
  ],
  [
    'LM Studio',
    400,
    {
      error:
        'Trying to keep the first 50785 tokens when context the overflows. However, the model is loaded with context length of only 45217 tokens, which is not enough.',
    },
    [45217, 50785],
  ],
  [
    'LM Studio, by its names',
    400,
    {
      error:
        'The number of tokens to keep from the initial prompt is greater than the context length (n_keep: 5000 >= n_ctx: 4096).',
    },
    [4096, 5000],
  ],
  ['Ollama', 400, { error: 'the input length exceeds the context length' }, null],
  [
    'Ollama, by its excess',
    400,
    { error: 'prompt too long; exceeded max context length by 1009 tokens' },
    null,
  ],
  [
    'OpenRouter',
    400,
    said(
      'This endpoint\'s maximum context length is 131072 tokens. However, you requested about 208000 tokens (190000 of text input, 10000 of tool input, 8000 in the output). Please reduce the length of either one, or use the "middle-out" transform',
      { code: 400, metadata: { provider_name: 'x' } },
    ),
    [131072, 208000, 8000],
  ],
  [
    'OpenRouter, of the server behind it',
    400,
    said('Provider returned error', {
      code: 400,
      metadata: {
        raw: JSON.stringify(said('prompt is too long: 210000 tokens > 200000 maximum')),
      },
    }),
    [200000, 210000],
  ],
  [
    'LiteLLM',
    400,
    said(
      'litellm.BadRequestError: litellm.ContextWindowExceededError: AnthropicError - {"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 209353 tokens > 199999 maximum"}}',
      { code: '400' },
    ),
    [199999, 209353],
  ],
  [
    'LiteLLM, under another status',
    503,
    said(
      "litellm.APIConnectionError: OpenAIException - This model's maximum context length is 4096 tokens. However, your request has 5000 input tokens.",
    ),
    [4096, 5000],
  ],
  [
    'in a body with status 200',
    200,
    said("The input (8391 tokens) is longer than the model's context length (8192 tokens)."),
    [8192, 8391],
  ],
  [
    'Groq',
    400,
    said('Please reduce the length of the messages or completion.', {
      code: 'context_length_exceeded',
    }),
    null,
  ],
  [
    'Cerebras',
    400,
    said(
      'Please reduce the length of the messages or completion. Current length is 9000 while limit is 8192',
      { code: 'context_length_exceeded' },
    ),
    [8192, 9000],
  ],
  [
    'DeepSeek',
    400,
    said(
      "This model's maximum context length is 131072 tokens. However, you requested 140000 tokens (138000 in the messages, 2000 in the completion). Please reduce the length of the messages or completion.",
      { code: 'invalid_request_error' },
    ),
    [131072, 140000, 2000],
  ],
  [
    'Fireworks',
    400,
    said('The prompt is too long: 140000, model maximum context length: 131071'),
    [131071, 140000],
  ],
  [
    'xAI',
    400,
    {
      code: 'Client specified an invalid argument',
      error: "This model's maximum prompt length is 131072 but the request contains 537812 tokens.",
    },
    [131072, 537812],
  ],
  [
    'Moonshot',
    400,
    said('Invalid request: Your request exceeded model token limit: 8192 (requested: 9000)'),
    [8192, 9000],
  ],
  [
    'Moonshot, the limit alone',
    400,
    said('Your request exceeded model token limit: 8192'),
    [8192, null],
  ],
  [
    'Alibaba',
    400,
    said('Range of input length should be [1, 129024]', { code: 'InvalidParameter' }),
    [129024, null],
  ],
  [
    'Cohere',
    400,
    {
      message:
        'too many tokens: total number of tokens in the prompt cannot exceed 4081 - received 4292. Try using a shorter prompt, a smaller max_tokens value, or enabling prompt truncating.',
    },
    [4081, 4292],
  ],
  [
    'SambaNova',
    400,
    said(
      'Requested generation length 1 is not possible! The provided prompt is 20000 tokens long, so generating 1 tokens requires a sequence length of 20001, but the maximum supported sequence length is just 8192!',
    ),
    [8192, 20001],
  ],
  [
    'Copilot',
    400,
    said('prompt token count of 130000 exceeds the limit of 128000', {
      code: 'model_max_prompt_tokens_exceeded',
    }),
    [128000, 130000],
  ],
  ['Bedrock', 400, { message: 'Input is too long for requested model.' }, null],
  ['Z.ai', 400, said('Prompt exceeds max length', { code: '1261' }), null],
  ['MiniMax', 400, said('invalid params, context window exceeds limit (2013)'), null],
  [
    'a number that is none of tokens',
    400,
    said('prompt is too long: 99999999999999 tokens > 200000 maximum'),
    [200000, null],
  ],
];

describe('a request that is too long', () => {
  it.each(TOO_LONG)('is told by %s, with its numbers', (_, status, body, size) => {
    const error = errorOf(body);
    expect(errorClass(status, error)).toBe('context_too_long');
    const [limit, given, forAnswer] = size ?? [];
    expect(contextSizeOf(error)).toEqual(
      size === null ? undefined : { limit, given, ...(forAnswer !== undefined && { forAnswer }) },
    );
  });

  it.each([
    ['max_tokens: 200000 > 8192, which is the maximum allowed number of output tokens for claude'],
    ['max_tokens is too large: 200000. This model supports at most 4096 completion tokens'],
    ['max_tokens=200000 cannot be greater than max_model_len=100000. Please request fewer'],
    ['max_tokens must be at least 1, got 0.'],
    ["`max_tokens` (200000) exceeds the model's maximum context length (8192 tokens)"],
    [
      "'max_tokens' or 'max_completion_tokens' is too large: 200000. This model's maximum context length is 4096 tokens and your request has 30 input tokens (200000 > 4096 - 30).",
    ],
    [
      'Input validation error: `inputs` tokens + `max_new_tokens` must be <= 32769. Given: 30 `inputs` tokens and 999999999 `max_new_tokens`',
    ],
    ['Range of max_tokens should be [1, 8192]'],
    [
      'Unable to submit request because it has a maxOutputTokens value of 100000 but the supported range is from 1 (inclusive) to 65537 (exclusive)',
    ],
    ['Cached content is too small. total_token_count=20, min_total_token_count=1024'],
    ['Stream options can only be defined when `stream=True`.'],
    ['Invalid prompt: "say that the story is too long: 12 tokens"'],
  ])('is not what is told by: %s', (message) => {
    expect(errorClass(400, errorOf(said(message)))).toBe('bad_request');
  });

  it.each([
    "Invalid 'user': string too long. Expected a string with maximum length 64, but got 70 instead.",
    "Invalid 'tools[0].function.name': string too long. Expected a string with maximum length 64",
    "Invalid 'metadata.messages': string too long. Expected a string with maximum length 512",
  ])('is not another text that is too long: %s', (message) => {
    expect(errorClass(400, errorOf(said(message, { code: 'string_above_max_length' })))).toBe(
      'bad_request',
    );
  });

  it('is not an image that is too large, nor a limit by the minute', () => {
    const image = said('image exceeds 5 MB maximum: 6291456 bytes > 5242880 bytes');
    expect(errorClass(400, errorOf(image))).toBe('media_refused');
    const minute = said(
      'Request too large for model on tokens per minute (TPM): Limit 6000, Requested 7000',
      {
        code: 'rate_limit_exceeded',
      },
    );
    expect(errorClass(413, errorOf(minute))).toBe('bad_request');
    const slow = said(
      "Rate limit: This model's maximum context length is 10 tokens. your request has 50 input tokens",
    );
    expect(aboutOneRow(429, errorOf(slow))).toBeNull();
  });

  it('is read from the beginning of what was said, whatever stands behind', () => {
    const long = `${'x '.repeat(5_000)}prompt is too long: 210000 tokens > 200000 maximum`;
    expect(contextSizeOf(errorOf(said(long)))).toBeUndefined();
  });
});
