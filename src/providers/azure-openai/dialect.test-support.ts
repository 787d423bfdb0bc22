import { CHAT_DIALECT } from '../testing/chat-dialect.ts';
import type { Dialect } from '../testing/dialect.ts';

/** The protocol as a server speaks it. */
export const dialect: Dialect = {
  ...CHAT_DIALECT,
  path: '/openai/deployments/m-1/chat/completions?api-version=2024-10-21',
  keyHeader: 'api-key',
  choices: 'n',
};
