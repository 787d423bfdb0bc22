import {
  BLUE,
  DONE,
  data,
  end,
  piece,
  type ServerAnswer,
  whole,
} from './server-answer.test-support.ts';

/** Errors under a good status. */
export const ERRORS: readonly ServerAnswer[] = [
  {
    server: 'llama.cpp',
    about: 'a field named error',
    body: `error: {"code":400,"message":"the context is exceeded","type":"invalid_request_error"}\n\n${DONE}`,
    fails: { code: 'bad_request', says: 'the context is exceeded' },
  },
  {
    server: 'llama.cpp',
    about: 'a field named error after some text',
    body: `${BLUE}error: {"code":500,"message":"slot died","type":"server_error"}\n\n${DONE}`,
    fails: { code: 'server_error', says: 'slot died' },
  },
  {
    server: 'vLLM',
    about: 'an error event',
    body:
      data({ error: { message: 'engine is dead', type: 'InternalServerError', code: 500 } }) + DONE,
    fails: { code: 'server_error', says: 'engine is dead' },
  },
  {
    server: 'vLLM',
    about: 'its older error event',
    body: data({ object: 'error', message: 'too long', type: 'BadRequestError', code: 400 }) + DONE,
    fails: { code: 'bad_request', says: 'too long' },
  },
  {
    server: 'vLLM',
    about: 'an abort of the engine',
    body: BLUE + end('abort') + DONE,
    fails: { code: 'error_in_response', says: '' },
  },
  {
    server: 'SGLang',
    about: 'an error with a code',
    body:
      data({
        error: {
          object: 'error',
          message: 'out of memory',
          type: 'SERVICE_UNAVAILABLE',
          code: 503,
        },
      }) + DONE,
    fails: { code: 'server_error', says: 'out of memory' },
  },
  {
    server: 'TGI',
    about: 'an error text with its type',
    body: 'data:{"error":"Request failed during generation: cuda","error_type":"generation"}\n\n',
    fails: { code: 'error_in_response', says: 'cuda' },
  },
  {
    server: 'TGI',
    about: 'an error with http_status_code',
    body: `data: {"error":{"message":"inputs must have less than 4096 tokens","http_status_code":422}}\n\n`,
    fails: { code: 'context_too_long', says: '4096 tokens' },
  },
  {
    server: 'LM Studio',
    about: 'a path that it does not know, with 200',
    contentType: 'application/json',
    body: '{"error":"Unexpected endpoint or method. (POST /chat/completions)"}',
    fails: { code: 'model_not_found', says: 'Unexpected endpoint' },
  },
  {
    server: 'LM Studio',
    about: 'event: error with an object',
    body: 'event: error\ndata: {"error":{"message":"The model has crashed"},"message":"The model has crashed"}\n\n',
    fails: { code: 'error_in_response', says: 'has crashed' },
  },
  {
    server: 'gateways',
    about: 'event: error with plain text',
    body: 'event: error\ndata: upstream timed out\n\n',
    fails: { code: 'error_in_response', says: 'upstream timed out' },
  },
  {
    server: 'gateways',
    about: 'plain text and [DONE]',
    body: `${piece({ content: 'Blue ' })}data: upstream timed out\n\n${DONE}`,
    fails: { code: 'stream_incomplete', says: 'upstream timed out' },
  },
  {
    server: 'DashScope',
    about: 'code and message in an event',
    body: data({ code: 'InvalidParameter', message: 'Range of input length should be [1, 6000]' }),
    fails: { code: 'error_in_response', says: '6000' },
  },
  {
    server: 'FastAPI',
    about: 'detail in an event',
    body: data({ detail: 'Model is loading' }),
    fails: { code: 'error_in_response', says: 'Model is loading' },
  },
  {
    server: 'FastAPI',
    about: 'detail in a body',
    contentType: 'application/json',
    body: '{"detail":[{"loc":["body","n"],"msg":"too many"}]}',
    fails: { code: 'error_in_response', says: 'too many' },
  },
  {
    server: 'gateways',
    about: 'status, message and code in a body',
    contentType: 'application/json',
    body: '{"status":"error","message":"upstream not reachable","code":502}',
    fails: { code: 'server_error', says: 'upstream not reachable' },
  },
  {
    server: 'Cloudflare',
    about: 'a list of errors',
    contentType: 'application/json',
    body: '{"success":false,"result":null,"errors":[{"code":3036,"message":"free allocation used"}]}',
    fails: { code: 'error_in_response', says: 'free allocation used' },
  },
  {
    server: 'OpenRouter',
    about: 'an error beside choices',
    body:
      piece({ content: 'Blue ' }) +
      data({
        id: 'g',
        error: { code: 502, message: 'Provider disconnected' },
        choices: [{ index: 0, delta: { content: '' }, finish_reason: 'error' }],
      }),
    fails: { code: 'server_error', says: 'Provider disconnected' },
  },
  {
    server: 'Groq',
    about: 'an error event that names its status',
    body: 'event: error\ndata: {"error":{"message":"Failed to call a function","type":"invalid_request_error","code":"tool_use_failed","status_code":400}}\n\n',
    fails: { code: 'bad_request', says: 'Failed to call a function' },
  },
  {
    server: 'LiteLLM',
    about: 'an error whose code is a text',
    body:
      data({ error: { message: 'litellm.Timeout', type: 'None', param: 'None', code: '408' } }) +
      DONE,
    fails: { code: 'timeout', says: 'litellm.Timeout' },
  },
  {
    server: 'Ollama',
    about: 'a line with an error',
    provider: 'ollama',
    contentType: 'application/x-ndjson',
    body: '{"model":"m","message":{"content":"Blue "},"done":false}\n{"error":"an error was encountered while running the model"}\n',
    fails: { code: 'error_in_response', says: 'while running the model' },
  },
  {
    server: 'any',
    about: 'content that is an object',
    contentType: 'application/json',
    body: whole({ message: { content: { text: 'Blue' } } }),
    fails: { code: 'response_without_choice', says: 'an object' },
  },
  {
    server: 'any',
    about: 'content that is a number in a stream',
    body: piece({ content: 42 }) + DONE,
    fails: { code: 'response_without_choice', says: 'a number' },
  },
  {
    server: 'vLLM',
    about: '[DONE] and nothing else',
    body: DONE,
    fails: { code: 'response_empty', says: '' },
  },
  {
    server: 'Ollama',
    about: 'a model that was only loaded',
    provider: 'ollama',
    contentType: 'application/json',
    body: '{"model":"m","message":{"role":"assistant","content":""},"done_reason":"load","done":true}',
    fails: { code: 'empty_answer', says: 'no text' },
  },
  {
    server: 'Gemini',
    about: 'a call that it could not write',
    provider: 'gemini',
    contentType: 'application/json',
    body: '{"candidates":[{"content":{},"finishReason":"MALFORMED_FUNCTION_CALL","finishMessage":"Malformed function call"}]}',
    fails: { code: 'error_in_response', says: 'broke off' },
  },
  {
    server: 'Gemini',
    about: 'parts that are empty, with STOP',
    provider: 'gemini',
    contentType: 'application/json',
    body: '{"candidates":[{"content":{"role":"model","parts":[{"text":""}]},"finishReason":"STOP"}]}',
    fails: { code: 'empty_answer', says: 'no text' },
  },
  {
    server: 'OpenAI (Responses)',
    about: 'an end without a last event',
    provider: 'openai-responses',
    body: 'event: response.output_text.delta\ndata: {"type":"response.output_text.delta","delta":"Os"}\n\n',
    fails: { code: 'stream_incomplete', says: '' },
  },
];
