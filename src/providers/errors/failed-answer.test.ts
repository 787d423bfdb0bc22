import { describe, expect, it } from 'vitest';
import { type FailureContext, failedStatus } from './failed-answer.ts';

const NOW_MS = Date.UTC(2026, 0, 1);

const context = (status: number): FailureContext => ({
  subject: {
    ...{ endpoint: 'box', baseUrl: 'http://box/v1', modelId: 'm' },
    ...{ keyVariable: null, hasKey: false },
  },
  status,
  headers: {},
  nowMs: NOW_MS,
  requestId: null,
  redact: (text) => text.replaceAll('sk-secret', '[key]'),
});
const failed = (status: number, body: object) =>
  failedStatus(JSON.stringify(body), context(status));

describe('the error of a failed answer', () => {
  it("holds the server's own words: the first line, clean, without secrets", () => {
    const message = 'Extra usage\u001b[31m is required for sk-secret.\nTraceback: …';
    const error = failed(429, { error: { message, type: 'rate_limit_error' } });
    expect(error.said).toBe('Extra usage\\x1b[31m is required for [key].');
    expect(failed(503, {}).said).toBeNull();
  });

  it('holds the words of another server whose whole body is its message', () => {
    const inner = JSON.stringify({ error: { code: 503, message: 'This model is in high demand' } });
    const error = failed(503, { error: { message: inner, code: 503 } });
    expect(error.said).toBe('This model is in high demand');
  });

  it('names no model in its hint where there is no name', () => {
    const usual = context(404);
    const nameless = { ...usual, subject: { ...usual.subject, modelId: '' } };
    expect(failedStatus('{}', nameless).hint).toBe('Is http://box/v1 the right address?');
    expect(failedStatus('{}', { ...nameless, status: 403 }).hint).not.toMatch(/ to \?/);
    expect(failedStatus('{}', usual).hint).toContain('(m)');
  });

  it('says how long a server needs to load its model', () => {
    const error = failed(503, { error: 'Model x is currently loading', estimated_time: 20.5 });
    expect(error.retryAfterMs).toBe(20_500);
  });

  it('reads when a limit is reset from the headers that a gateway repeats in its body', () => {
    const headers = {
      'X-RateLimit-Limit': '20',
      'X-RateLimit-Remaining': '0',
      'X-RateLimit-Reset': String(NOW_MS + 42_000),
    };
    const message = 'Rate limit exceeded: free-models-per-min';
    const error = failed(429, { error: { message, code: 429, metadata: { headers } } });
    expect([error.code, error.retryAfterMs]).toEqual(['rate_limited', 42_000]);
  });
});
