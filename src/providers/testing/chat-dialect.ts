import { type Dialect, event, messageTexts } from './dialect.ts';

const USAGE = {
  prompt_tokens: 12,
  completion_tokens: 8,
  total_tokens: 20,
  prompt_tokens_details: { cached_tokens: 4 },
  completion_tokens_details: { reasoning_tokens: 3 },
};

/** Chat Completions, which many providers speak. */
export const CHAT_DIALECT: Dialect = {
  path: '/v1/chat/completions',
  keyHeader: 'authorization',
  contentType: 'text/event-stream',
  answer: (texts, finish = 'stop') => ({
    id: 'body-id',
    object: 'chat.completion',
    model: 'm-1-2026-01-01',
    choices: texts.map((content, index) => ({
      index,
      message: { role: 'assistant', content, reasoning_content: 'thinking' },
      finish_reason: finish,
    })),
    usage: USAGE,
  }),
  stream: (deltas, finished = true) => [
    event({
      id: 'body-id',
      model: 'm-1-2026-01-01',
      choices: [{ index: 0, delta: { role: 'assistant', content: '' } }],
    }),
    ...deltas.map((content) =>
      event({ id: 'body-id', choices: [{ index: 0, delta: { content } }] }),
    ),
    ...(finished
      ? [
          event({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }),
          event({ choices: [], usage: USAGE }),
        ]
      : []),
  ],
  errorPiece: (code, message) => event({ error: { code, message } }),
  parametersOf: (body) => body,
  textsOf: (body) => messageTexts(body.messages),
  error: (code, message) => ({ error: { message, code, type: 'some_error' } }),
};
