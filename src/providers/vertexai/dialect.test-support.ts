import { dialect as gemini } from '../gemini/dialect.test-support.ts';
import type { Dialect } from '../testing/dialect.ts';

/** The protocol as a server speaks it to those who have a key of express mode. */
export const dialect: Dialect = {
  ...gemini,
  path: '/v1/publishers/google/models/m-1:generateContent',
  streamPath: '/v1/publishers/google/models/m-1:streamGenerateContent?alt=sse',
};
