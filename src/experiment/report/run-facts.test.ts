import { expect, test } from 'vitest';
import { runFacts } from './run-facts.ts';

test('chooses facts, and leaves hosts, folders and whatever it does not know where they are', () => {
  const facts = runFacts('2026-11-21T10-03-22Z', {
    state: 'finished',
    input_sha256: 'ab',
    began_at: '2026-11-21T10:03:22.000Z',
    host: 'my-laptop',
    input_path: '/home/me/secret/prompts.jsonl',
    tutti: '0.1.0',
    api_key: 'sk-secret',
    attempts: 5,
    timeout_ms: 1000,
    limits: { 'a/b': { rpm: 60, concurrency: 4 } },
    settings: { rows: 1, models: { fast: 'a/b', 'a/c': 'a/c' } },
  });
  expect(facts).toEqual({
    folder: '2026-11-21T10-03-22Z',
    state: 'finished',
    beganAt: '2026-11-21T10:03:22.000Z',
    version: '0.1.0',
    input: 'prompts.jsonl',
    inputSha256: 'ab',
    settings: [
      { name: 'attempts', value: 5 },
      { name: 'timeout_ms', value: 1000 },
    ],
    aliases: [{ name: 'fast', reference: 'a/b' }],
    limits: [{ lane: 'a/b', rpm: 60, tpm: null, concurrency: 4 }],
  });
});

test('takes what is of another kind for unknown', () => {
  const facts = runFacts('x', {
    state: 'running',
    input_sha256: '',
    limits: { a: 3 },
    settings: [],
    input_path: 7,
  });
  expect(facts).toMatchObject({ input: null, limits: [{ lane: 'a', rpm: null }], aliases: [] });
});
