import { CHAT_DIALECT } from '../testing/chat-dialect.ts';
import { contentText, type Dialect, messageTexts, namedEvent } from '../testing/dialect.ts';

/** The protocol as a server speaks it. */
export const dialect: Dialect = {
  ...CHAT_DIALECT,
  path: '/v1/messages',
  keyHeader: 'x-api-key',
  answer: ([text = ''], finish = 'stop') => ({
    id: 'body-id',
    type: 'message',
    role: 'assistant',
    model: 'm-1-2026-01-01',
    content: [
      { type: 'thinking', thinking: 'thinking', signature: 's' },
      { type: 'text', text },
    ],
    stop_reason: finish === 'stop' ? 'end_turn' : 'max_tokens',
    usage: { input_tokens: 8, cache_read_input_tokens: 4, output_tokens: 8 },
  }),
  stream: (deltas, finished = true) => [
    namedEvent({
      type: 'message_start',
      message: {
        id: 'body-id',
        model: 'm-1-2026-01-01',
        usage: { input_tokens: 8, cache_read_input_tokens: 4, output_tokens: 1 },
      },
    }),
    namedEvent({
      type: 'content_block_delta',
      index: 0,
      delta: { type: 'thinking_delta', thinking: 'thinking' },
    }),
    ...deltas.map((text) =>
      namedEvent({
        type: 'content_block_delta',
        index: 1,
        delta: { type: 'text_delta', text },
      }),
    ),
    ...(finished
      ? [
          namedEvent({
            type: 'message_delta',
            delta: { stop_reason: 'end_turn' },
            usage: { output_tokens: 8 },
          }),
          namedEvent({ type: 'message_stop' }),
        ]
      : []),
  ],
  errorPiece: (type, message) => namedEvent({ type: 'error', error: { type, message } }),
  textsOf: (body) => [contentText(body.system ?? []), ...messageTexts(body.messages)],
  error: (type, message) => ({ type: 'error', error: { type, message } }),
};
