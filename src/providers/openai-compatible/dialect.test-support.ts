import { CHAT_DIALECT } from '../testing/chat-dialect.ts';
import type { Dialect } from '../testing/dialect.ts';

/** The protocol as a server speaks it. */
export const dialect: Dialect = CHAT_DIALECT;
