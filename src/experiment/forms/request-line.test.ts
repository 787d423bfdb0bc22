import { describe, expect, it } from 'vitest';
import { type RequestTarget, requestReader } from './request-line.ts';

const TARGET: RequestTarget = { api: null, referenceOf: (model, api) => `${api}/${model}` };

/** Reads a line as the first of a file of requests. */
function read(line: object | string, target: Partial<RequestTarget> = {}): unknown {
  const text = typeof line === 'string' ? line : JSON.stringify(line);
  const written = requestReader(text, { ...TARGET, ...target })?.(text);
  if (written === undefined) return undefined;
  return 'text' in written ? JSON.parse(written.text) : written.problem;
}

const MESSAGES = [{ role: 'user', content: 'a' }];

describe('requests as rows', () => {
  it('are batch lines of the three APIs, with their id and parameters', () => {
    const line = { custom_id: 'r-1', method: 'POST', url: '/v1/chat/completions' };
    const body = { model: 'gpt', messages: MESSAGES, max_tokens: 5, stream: true };
    expect(read({ ...line, body })).toEqual({
      id: 'r-1',
      prompt: MESSAGES,
      model: 'chat/gpt',
      stream: true,
      parameters: { max_tokens: 5 },
    });
    const completion = { model: 'gpt', prompt: 'a' };
    expect(read({ ...line, url: '/v1/completions', body: completion })).toEqual({
      ...{ id: 'r-1', prompt: 'a', model: 'completion/gpt', mode: 'completion' },
    });
    const responses = { model: 'gpt', input: 'a', instructions: 'b' };
    expect(read({ ...line, url: '/v1/responses', body: responses })).toEqual({
      ...{ id: 'r-1', prompt: 'a', model: 'responses/gpt', parameters: { instructions: 'b' } },
    });
  });

  it('are bodies with metadata, which is carried along', () => {
    const body = { model: 'gpt', messages: MESSAGES, n: 2, metadata: { row: 7 } };
    expect(read(body)).toEqual({
      ...{ prompt: MESSAGES, model: 'chat/gpt', parameters: { n: 2 }, metadata: { row: 7 } },
    });
    expect(read({ model: 'gpt', input: ['a'] })).toMatchObject({ model: 'responses/gpt' });
    const completion = { model: 'gpt', prompt: 'a', top_p: 1 };
    expect(read(completion)).toBeUndefined();
    expect(read(completion, { api: 'completion' })).toEqual({
      ...{ prompt: 'a', model: 'completion/gpt', mode: 'completion', parameters: { top_p: 1 } },
    });
  });

  it('keep the digits of their numbers', () => {
    const line = '{"model":"m","messages":[],"seed":12345678901234567890,"top_p":1.0}';
    const written = requestReader(line, TARGET)!(line);
    expect(written).toEqual({
      text: '{"prompt":[],"model":"chat/m","parameters":{"seed":12345678901234567890,"top_p":1.0}}',
    });
  });

  it('are refused where they ask for no answer', () => {
    const body = { model: 'm', input: 'a' };
    const line = { custom_id: 'a', body };
    expect(read({ ...line, url: '/v1/embeddings' })).toContain('embeddings');
    expect(read(body, { api: 'embeddings' })).toContain('embeddings');
    expect(read({ ...line, url: '/v1/images' })).toContain(
      '"/v1/images", which is none of /v1/chat',
    );
    expect(read({ ...line, url: '/v1/chat/completions' })).toBe('has a body without "messages"');
    expect(read({ custom_id: 'a', url: '/v1/responses', body: { input: 'a' } })).toContain(
      '"model"',
    );
    expect(read({ ...line, url: '/v1/responses', method: 'GET' })).toContain('the method');
  });

  it('are not rows of an experiment, nor what is no JSON', () => {
    expect(read({ prompt: 'a', model: 'openai/m' })).toBeUndefined();
    expect(read({ prompt: 'a', model: 'm', messages: [] })).toBeUndefined();
    expect(read('{')).toBeUndefined();
    const reader = requestReader(JSON.stringify({ model: 'm', messages: [] }), TARGET)!;
    const row = '{"prompt":"a", "model":"openai/m"}';
    expect([reader(row), reader('x')]).toEqual([{ text: row }, { text: 'x' }]);
  });
});
