import { expect, it } from 'vitest';
import { limiterFor } from './limiter-choice.ts';
import { parseLimits, readLimitsFile } from './limits-file.ts';

const TABLE = parseLimits(
  JSON.stringify({
    openai: { default: 60, 'gpt-4': 20 },
    gemini: 30,
    team: { 'gpt-4': 5 },
    ollama: { rpm: 100, tpm: 9000, concurrency: 2 },
    mixed: { default: { tpm: 50 }, big: { concurrency: 1 } },
  }),
  'limits.json',
);

it.each([
  [{ group: 'team', api: 'openai', model: 'gpt-4' }, 'team · gpt-4', { requestsPerMinute: 5 }],
  [{ group: 'team', api: 'openai', model: 'gpt-3' }, 'team', null],
  [{ group: 'free', api: 'openai', model: 'gpt-4' }, 'free', null],
  [{ api: 'openai', model: 'gpt-4' }, 'openai · gpt-4', { requestsPerMinute: 20 }],
  [{ group: null, api: 'openai', model: 'gpt-3' }, 'openai', { requestsPerMinute: 60 }],
  [{ api: 'gemini', model: 'x' }, 'gemini', { requestsPerMinute: 30 }],
  [{ api: 'azure-openai', model: 'x' }, 'azure-openai', null],
  [
    { api: 'ollama', model: 'rpm' },
    'ollama',
    { requestsPerMinute: 100, tokensPerMinute: 9000, concurrency: 2 },
  ],
  [{ api: 'mixed', model: 'big' }, 'mixed · big', { concurrency: 1 }],
  [{ api: 'mixed', model: 'other' }, 'mixed', { tokensPerMinute: 50 }],
  [{ api: 'constructor', model: 'toString' }, 'constructor', null],
])('gives the row %o the limiter %s', (row, name, limits) => {
  expect(limiterFor(TABLE, row)).toEqual({ name, limits });
});

it('refuses every value that is no count, all at once', () => {
  const text =
    '{"a": 0, "b": -1, "c": true, "d": 1.5, "e": "60", "f": {"default": null}, "g": {}, "h": 9}';
  expect(() => parseLimits(text, 'limits.json')).toThrow(
    /"a" must[\s\S]*"b" must[\s\S]*"c" must[\s\S]*"d" must[\s\S]*"e" must[\s\S]*"f", "default" must/,
  );
});

it('answers an unknown limit with the nearest right one', () => {
  expect(() => parseLimits('{"a": {"rpm": 1, "concurency": 2}}', 'limits.json')).toThrow(
    'did you mean concurrency?',
  );
});

it.each(['', '[]', '3', '{"a": 1'])('refuses a text that is no JSON object: %j', (text) => {
  expect(() => parseLimits(text, 'limits.json')).toThrow(/limits\.json: (is not JSON|must be)/);
});

it('names a file that does not exist', async () => {
  await expect(readLimitsFile('/nowhere/limits.json')).rejects.toMatchObject({
    code: 'file_missing',
  });
});
