import type { Answer, AnswerError } from '../../src/core/answer.ts';

/** A good answer; `changes` says what is special about this one. */
export function sampleAnswer(changes: Partial<Answer> = {}): Answer {
  return {
    key: { row: 0, turn: 0, sample: 0 },
    status: 'ok',
    texts: ['Because.'],
    error: null,
    model: 'model-1',
    finishReason: 'stop',
    usage: { input: 14, cached: null, output: 181, reasoning: null },
    costUsd: 0.0002,
    latencyMs: 2100,
    firstTokenMs: 400,
    attempts: 1,
    startedAt: '2026-01-01T00:00:00.000Z',
    requestId: null,
    cached: false,
    ...changes,
  };
}

/** A failed answer. */
export function failedAnswer(error: Partial<AnswerError>, changes: Partial<Answer> = {}): Answer {
  return sampleAnswer({
    status: 'error',
    texts: [],
    error: {
      code: 'unauthorized',
      message: '401: this key is not valid for api.openai.com',
      hint: 'Look at OPENAI_API_KEY.',
      retryable: false,
      httpStatus: 401,
      partialText: null,
      ...error,
    },
    usage: { input: null, cached: null, output: null, reasoning: null },
    costUsd: null,
    firstTokenMs: null,
    ...changes,
  });
}
