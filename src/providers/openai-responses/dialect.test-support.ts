import { CHAT_DIALECT } from '../testing/chat-dialect.ts';
import { type Dialect, messageTexts, namedEvent } from '../testing/dialect.ts';

/** The protocol as a server speaks it. */
export const dialect: Dialect = {
  ...CHAT_DIALECT,
  path: '/v1/responses',
  answer: ([text = ''], finish = 'stop') => ({
    id: 'body-id',
    model: 'm-1-2026-01-01',
    status: finish === 'stop' ? 'completed' : 'incomplete',
    error: null,
    incomplete_details: finish === 'stop' ? null : { reason: 'max_output_tokens' },
    output: [
      { type: 'reasoning', summary: [{ type: 'summary_text', text: 'thinking' }] },
      {
        type: 'message',
        role: 'assistant',
        content: [{ type: 'output_text', text, annotations: [] }],
      },
    ],
    usage: {
      input_tokens: 12,
      output_tokens: 8,
      input_tokens_details: { cached_tokens: 4 },
      output_tokens_details: { reasoning_tokens: 3 },
    },
  }),
  stream: (deltas, finished = true) => [
    namedEvent({
      type: 'response.created',
      response: { id: 'body-id', model: 'm-1-2026-01-01' },
    }),
    ...deltas.map((delta) => namedEvent({ type: 'response.output_text.delta', delta })),
    ...(finished
      ? [
          namedEvent({
            type: 'response.completed',
            response: dialect.answer([deltas.join('')]),
          }),
        ]
      : []),
  ],
  errorPiece: (code, message) =>
    namedEvent({
      type: 'response.failed',
      response: { status: 'failed', error: { code, message } },
    }),
  textsOf: (body) => messageTexts(body.input),
};
