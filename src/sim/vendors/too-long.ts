import type { JsonObject } from '../../core/json.ts';
import type { VendorError } from './vendor.ts';

/** A prompt that does not fit, in tokens. */
export interface PromptLength {
  /** What the model takes, prompt and answer together. */
  readonly limit: number;
  /** What the prompt has. */
  readonly given: number;
  /** What the answer may have besides. */
  readonly completion: number;
}

/** How one service says that a prompt is too long, as its users have reported it word for word. */
export interface TooLongForm {
  readonly status: number;
  /** Which of the numbers it tells. */
  readonly tells: 'both' | 'limit' | 'none';
  readonly body: (length: PromptLength) => JsonObject;
}

/** How services say that a prompt is too long, by name; a name with a number behind it is another wording. */
export const TOO_LONG_FORMS: Readonly<Record<string, TooLongForm>> = {
  openai: {
    status: 400,
    tells: 'both',
    body: ({ limit, given }) =>
      openaiError(
        `This model's maximum context length is ${limit} tokens. However, your messages resulted in ${given} tokens. Please reduce the length of the messages.`,
        { param: 'messages', code: 'context_length_exceeded' },
      ),
  },
  'openai-2': {
    status: 400,
    tells: 'both',
    body: ({ limit, given }) =>
      openaiError(
        `Input tokens exceed the configured limit of ${limit} tokens. Your messages resulted in ${given} tokens. Please reduce the length of the messages.`,
        { param: 'messages', code: 'context_length_exceeded' },
      ),
  },
  'openai-3': {
    status: 400,
    tells: 'both',
    body: (length) =>
      openaiError(`This model's ${requested(length)} of the messages or completion.`, {
        param: 'messages',
        code: 'context_length_exceeded',
      }),
  },
  'openai-responses': {
    status: 400,
    tells: 'none',
    body: () =>
      openaiError(
        'Your input exceeds the context window of this model. Please adjust your input and try again.',
        { param: 'input', code: 'context_length_exceeded' },
      ),
  },
  anthropic: {
    status: 400,
    tells: 'both',
    body: ({ limit, given }) =>
      anthropicError(`prompt is too long: ${given} tokens > ${limit} maximum`),
  },
  'anthropic-2': {
    status: 400,
    tells: 'both',
    body: ({ limit, given, completion }) =>
      anthropicError(
        `input length and \`max_tokens\` exceed context limit: ${given} + ${completion} > ${limit}, decrease input length or \`max_tokens\` and try again`,
      ),
  },
  gemini: {
    status: 400,
    tells: 'both',
    body: ({ limit, given }) =>
      geminiError(
        `The input token count (${given}) exceeds the maximum number of tokens allowed (${limit}).`,
      ),
  },
  'gemini-2': {
    status: 400,
    tells: 'limit',
    body: ({ limit }) =>
      geminiError(`The input token count exceeds the maximum number of tokens allowed (${limit}).`),
  },
  mistral: {
    status: 400,
    tells: 'both',
    body: ({ limit, given }) => ({
      object: 'error',
      message: `Prompt contains ${given} tokens and 0 draft tokens, too large for model with ${limit} maximum context length`,
      type: 'invalid_request_error',
      param: null,
      code: '3051',
    }),
  },
  vllm: {
    status: 400,
    tells: 'both',
    body: (length) => ({
      object: 'error',
      message: `This model's ${requested(length)} of the messages or completion.`,
      type: 'BadRequestError',
      param: null,
      code: 400,
    }),
  },
  'vllm-2': {
    status: 400,
    tells: 'both',
    body: ({ limit, given }) => ({
      error: {
        message: `This model's maximum context length is ${limit} tokens. However, your request has ${given} input tokens. Please reduce the length of the input messages. (parameter=input_tokens, value=${given})`,
        type: 'BadRequestError',
        param: 'input_tokens',
        code: 400,
      },
    }),
  },
  sglang: {
    status: 400,
    tells: 'both',
    body: ({ limit, given }) => ({
      object: 'error',
      message: `The input (${given} tokens) is longer than the model's context length (${limit} tokens).`,
      type: 'BadRequestError',
      param: null,
      code: 400,
    }),
  },
  'sglang-2': {
    status: 400,
    tells: 'both',
    body: ({ limit, given, completion }) => ({
      object: 'error',
      message: `Requested token count exceeds the model's maximum context length of ${limit} tokens. You requested a total of ${given + completion} tokens: ${given} tokens from the input messages and ${completion} tokens for the completion. Please reduce the number of tokens in the input messages or the completion to fit within the limit.`,
      type: 'BadRequestError',
      param: null,
      code: 400,
    }),
  },
  tgi: {
    status: 422,
    tells: 'both',
    body: (length) => ({ error: ofInputs(length), error_type: 'validation' }),
  },
  together: {
    status: 422,
    tells: 'both',
    body: (length) => openaiError(ofInputs(length), { param: null, code: null }),
  },
  'llama.cpp': {
    status: 400,
    tells: 'both',
    body: ({ limit, given }) => ({
      error: {
        code: 400,
        message: `request (${given} tokens) exceeds the available context size (${limit} tokens), try increasing it`,
        type: 'exceed_context_size_error',
        n_prompt_tokens: given,
        n_ctx: limit,
      },
    }),
  },
  'llama.cpp-2': {
    status: 400,
    tells: 'both',
    body: ({ limit, given }) => ({
      error: {
        code: 400,
        message:
          'the request exceeds the available context size. try increasing the context size or enable context shift',
        type: 'exceed_context_size_error',
        n_prompt_tokens: given,
        n_ctx: limit,
      },
    }),
  },
  'lm-studio': {
    status: 400,
    tells: 'both',
    body: ({ limit, given }) => ({
      error: `Trying to keep the first ${given} tokens when context the overflows. However, the model is loaded with context length of only ${limit} tokens, which is not enough. Try to load the model with a larger context length, or provide a shorter input. Error Data: n/a, Additional Data: n/a`,
    }),
  },
  openrouter: {
    status: 400,
    tells: 'both',
    body: ({ limit, given, completion }) => ({
      error: {
        message: `This endpoint's maximum context length is ${limit} tokens. However, you requested about ${given + completion} tokens (${given} of text input, ${completion} in the output). Please reduce the length of either one, or use the "middle-out" transform to compress your prompt automatically.`,
        code: 400,
        metadata: { provider_name: 'Sim' },
      },
    }),
  },
  litellm: {
    status: 400,
    tells: 'both',
    body: ({ limit, given }) => {
      const inner = JSON.stringify(
        anthropicError(`prompt is too long: ${given} tokens > ${limit} maximum`),
      );
      return {
        error: {
          message: `litellm.BadRequestError: litellm.ContextWindowExceededError: AnthropicError - ${inner}\nReceived Model Group=sim\nAvailable Model Group Fallbacks=None`,
          type: null,
          param: null,
          code: '400',
        },
      };
    },
  },
  groq: {
    status: 400,
    tells: 'none',
    body: () =>
      openaiError('Please reduce the length of the messages or completion.', {
        param: 'messages',
        code: 'context_length_exceeded',
      }),
  },
  deepseek: {
    status: 400,
    tells: 'both',
    body: (length) =>
      openaiError(`This model's ${requested(length)} of the messages or completion.`, {
        param: null,
        code: 'invalid_request_error',
      }),
  },
  fireworks: {
    status: 400,
    tells: 'both',
    body: ({ limit, given }) => ({
      error: {
        object: 'error',
        type: 'invalid_request_error',
        message: `The prompt is too long: ${given}, model maximum context length: ${limit}`,
      },
    }),
  },
  kimi: {
    status: 400,
    tells: 'both',
    body: ({ limit, given }) => ({
      error: {
        message: `Invalid request: Your request exceeded model token limit: ${limit} (requested: ${given})`,
        type: 'invalid_request_error',
      },
    }),
  },
};

/** What a service answers to a prompt that is too long; `name` is one of the names above. */
export function tooLongError(name: string, length: PromptLength): VendorError {
  const { status, body } = TOO_LONG_FORMS[name] ?? TOO_LONG_FORMS.openai!;
  return { status, body: body(length) };
}

function openaiError(
  message: string,
  rest: { readonly param: string | null; readonly code: string | null },
): JsonObject {
  return { error: { message, type: 'invalid_request_error', ...rest } };
}

function anthropicError(message: string): JsonObject {
  return { type: 'error', error: { type: 'invalid_request_error', message } };
}

function geminiError(message: string): JsonObject {
  return { error: { code: 400, message, status: 'INVALID_ARGUMENT' } };
}

function requested({ limit, given, completion }: PromptLength): string {
  return `maximum context length is ${limit} tokens. However, you requested ${given + completion} tokens (${given} in the messages, ${completion} in the completion). Please reduce the length`;
}

function ofInputs({ limit, given, completion }: PromptLength): string {
  return `Input validation error: \`inputs\` tokens + \`max_new_tokens\` must be <= ${limit}. Given: ${given} \`inputs\` tokens and ${completion} \`max_new_tokens\``;
}
