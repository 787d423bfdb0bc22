import {
  BLUE,
  blue,
  DONE,
  data,
  end,
  piece,
  type ServerAnswer,
} from './server-answer.test-support.ts';

/** Streams that are whole answers, however they are written. */
export const STREAMS: readonly ServerAnswer[] = [
  {
    server: 'Ollama (OpenAI)',
    about: 'an empty finish reason in every chunk',
    body:
      piece({ content: 'Blue ' }, { finish_reason: '' }) +
      piece({ content: 'sky.' }, { finish_reason: '' }) +
      DONE,
    gives: blue,
  },
  {
    server: 'Gemini (OpenAI)',
    about: 'finishReason in camel case',
    body: BLUE + piece({}, { finishReason: 'stop' }),
    gives: { ...blue, finishReason: 'stop' },
  },
  {
    server: 'llama.cpp',
    about: 'no empty line behind [DONE], usage and timings in the last chunk',
    body: `${BLUE}${data({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }], usage: { prompt_tokens: 3, completion_tokens: 4 }, timings: { predicted_n: 4 } })}data: [DONE]\n`,
    gives: { ...blue, usage: { input: 3, cached: null, output: 4, reasoning: null } },
  },
  {
    server: 'llama.cpp',
    about: 'events one line apart',
    body: (BLUE + end() + DONE).replaceAll('\n\n', '\n'),
    gives: blue,
  },
  {
    server: 'TGI',
    about: 'no space behind data:',
    body: (BLUE + end() + DONE).replaceAll('data: ', 'data:'),
    gives: blue,
  },
  {
    server: 'some proxies',
    about: 'carriage returns alone',
    body: (BLUE + end() + DONE).replaceAll('\n', '\r'),
    gives: blue,
  },
  {
    server: 'some proxies',
    about: 'CRLF and a byte order mark',
    body: `\uFEFF${(BLUE + end() + DONE).replaceAll('\n', '\r\n')}`,
    gives: blue,
  },
  {
    server: 'OpenRouter',
    about: 'comments before and between',
    body: `: OPENROUTER PROCESSING\n\n${BLUE}: OPENROUTER PROCESSING\n\n${end()}${DONE}`,
    gives: blue,
  },
  {
    server: 'DeepSeek',
    about: 'keep-alive comments',
    body: `: keep-alive\n\n: keep-alive\n\n${BLUE}${end()}${DONE}`,
    gives: blue,
  },
  {
    server: 'Azure',
    about: 'a first chunk without choices, filter results without a delta behind',
    body:
      data({
        choices: [],
        created: 0,
        id: '',
        model: '',
        prompt_filter_results: [{ prompt_index: 0 }],
      }) +
      BLUE +
      end() +
      data({
        id: '',
        choices: [
          {
            index: 0,
            finish_reason: null,
            content_filter_results: {},
            content_filter_offsets: { check_offset: 4 },
          },
        ],
      }) +
      DONE,
    gives: { ...blue, finishReason: 'stop' },
  },
  {
    server: 'Groq',
    about: 'usage in x_groq',
    body: `${BLUE}${data({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }], x_groq: { id: 'req', usage: { prompt_tokens: 3, completion_tokens: 4 } } })}${DONE}`,
    gives: { ...blue, usage: { input: 3, cached: null, output: 4, reasoning: null } },
  },
  {
    server: 'vLLM',
    about: 'an error behind the finish reason of a whole answer',
    body: `${BLUE}${end()}${data({ error: { message: 'usage failed', code: 500 } })}${DONE}`,
    gives: blue,
  },
  {
    server: 'a broken proxy',
    about: 'another answer behind [DONE]',
    body: BLUE + end() + DONE + piece({ content: 'Red.' }) + end('length'),
    gives: { ...blue, finishReason: 'stop' },
  },
  {
    server: 'gateways',
    about: 'heartbeats that are no JSON',
    body: `data: ping\n\n${BLUE}${end()}${DONE}`,
    gives: blue,
  },
  {
    server: 'OpenRouter',
    about: 'usage with its cost in a chunk without choices',
    body: `${BLUE}${end()}${data({ choices: [], usage: { prompt_tokens: 3, completion_tokens: 4, cost: 0.25, is_byok: false } })}${DONE}`,
    gives: { ...blue, costUsd: 0.25 },
  },
  {
    server: 'vLLM',
    about: 'usage in two chunks, the cached part in the second',
    body:
      BLUE +
      data({
        choices: [{ index: 0, delta: {}, finish_reason: 'stop' }],
        usage: { prompt_tokens: 9, completion_tokens: 4 },
      }) +
      data({
        choices: [],
        usage: {
          prompt_tokens: 9,
          completion_tokens: 4,
          prompt_tokens_details: { cached_tokens: 8 },
        },
      }) +
      DONE,
    gives: { ...blue, usage: { input: 9, cached: 8, output: 4, reasoning: null } },
  },
  {
    server: 'gateways',
    about: 'usage beside a role in the last chunk',
    body:
      BLUE +
      data({
        choices: [{ delta: { role: 'assistant', content: null }, finish_reason: 'stop' }],
        usage: { prompt_tokens: 9, completion_tokens: 4 },
      }),
    gives: { ...blue, usage: { input: 9, cached: null, output: 4, reasoning: null } },
  },
  {
    server: 'a proxy that cuts',
    about: 'half an event behind the finish reason',
    body: `${BLUE}${end()}data: {"choices":[],"usa`,
    gives: { ...blue, finishReason: 'stop' },
  },
];
