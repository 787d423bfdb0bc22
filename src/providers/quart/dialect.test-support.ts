import { CHAT_DIALECT } from '../testing/chat-dialect.ts';
import type { Dialect } from '../testing/dialect.ts';

/** The protocol as a server speaks it. */
export const dialect: Dialect = {
  ...CHAT_DIALECT,
  isPlain: true,
  path: '/generate',
  answer: (texts) => ({
    response: texts.map((generated_text) => ({ generated_text })),
    model: 'm-1-2026-01-01',
  }),
  parametersOf: (body) => body.options as Record<string, unknown>,
  textsOf: (body) => [body.text as string],
};
