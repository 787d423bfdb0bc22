import { CHAT_DIALECT } from '../testing/chat-dialect.ts';
import type { Dialect } from '../testing/dialect.ts';

const line = (value: unknown) => `${JSON.stringify(value)}\n`;

/** The protocol as a server speaks it. */
export const dialect: Dialect = {
  ...CHAT_DIALECT,
  path: '/api/chat',
  contentType: 'application/x-ndjson',
  answer: ([content = ''], finish = 'stop') => ({
    model: 'm-1-2026-01-01',
    message: { role: 'assistant', content, thinking: 'thinking' },
    done: true,
    done_reason: finish,
    prompt_eval_count: 12,
    eval_count: 8,
  }),
  stream: (deltas, finished = true) => [
    ...deltas.map((content) =>
      line({ model: 'm-1-2026-01-01', message: { role: 'assistant', content }, done: false }),
    ),
    ...(finished ? [line(dialect.answer([]))] : []),
  ],
  errorPiece: (code, message) => line({ error: { code, message } }),
  parametersOf: (body) => body.options as Record<string, unknown>,
};
