import { CHAT_DIALECT } from '../testing/chat-dialect.ts';
import { contentText, type Dialect, event } from '../testing/dialect.ts';

const geminiBody = (texts: readonly string[], finishReason?: string) => ({
  candidates: texts.map((text, index) => ({
    index,
    content: { role: 'model', parts: [{ text: 'thinking', thought: true }, { text }] },
    ...(finishReason ? { finishReason } : {}),
  })),
  modelVersion: 'm-1-2026-01-01',
  responseId: 'body-id',
  usageMetadata: {
    promptTokenCount: 12,
    cachedContentTokenCount: 4,
    candidatesTokenCount: 5,
    thoughtsTokenCount: 3,
  },
});

/** The protocol as a server speaks it. */
export const dialect: Dialect = {
  ...CHAT_DIALECT,
  path: '/v1beta/models/m-1:generateContent',
  streamPath: '/v1beta/models/m-1:streamGenerateContent?alt=sse',
  keyHeader: 'x-goog-api-key',
  answer: (texts, finish = 'stop') => geminiBody(texts, finish === 'stop' ? 'STOP' : 'MAX_TOKENS'),
  stream: (deltas, finished = true) =>
    deltas.map((text, index) =>
      event(geminiBody([text], finished && index === deltas.length - 1 ? 'STOP' : undefined)),
    ),
  errorPiece: (status, message) => event({ error: { status, message } }),
  parametersOf: (body) => body.generationConfig as Record<string, unknown>,
  textsOf: (body) => {
    const { systemInstruction, contents } = body as unknown as Record<string, { parts: unknown }>;
    const turns = contents as unknown as { parts: unknown }[];
    return [systemInstruction ?? { parts: [] }, ...turns].map(({ parts }) => contentText(parts));
  },
  error: (status, message) => ({ error: { code: 400, status, message } }),
  choices: 'candidateCount',
};
