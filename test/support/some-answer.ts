import { type Answer, type AnswerError, type CallKey, ONLY_CALL } from '../../src/core/answer.ts';

/** An answer to a call; what a test does not name has some usual value. */
export function someAnswer(key: Partial<CallKey> = {}, fields: Partial<Answer> = {}): Answer {
  return {
    key: { row: 0, name: ONLY_CALL, ...key },
    status: 'ok',
    texts: ['forty-two'],
    error: null,
    model: 'some-model-1',
    finishReason: 'stop',
    usage: { input: 12, cached: null, output: 3, reasoning: null },
    costUsd: 0.00025,
    latencyMs: 812.5,
    firstTokenMs: null,
    attempts: 1,
    startedAt: '2026-01-01T00:00:00.000Z',
    requestId: 'req_1',
    cached: false,
    ...fields,
  };
}

/** A call that has failed. */
export function failedAnswer(key: Partial<CallKey> = {}, error: Partial<AnswerError> = {}): Answer {
  return someAnswer(key, {
    status: 'error',
    texts: [],
    model: null,
    finishReason: null,
    usage: { input: null, cached: null, output: null, reasoning: null },
    costUsd: null,
    requestId: null,
    error: {
      code: 'server_error',
      message: 'The server answered 500',
      hint: null,
      retryable: true,
      httpStatus: 500,
      partialText: null,
      ...error,
    },
  });
}
