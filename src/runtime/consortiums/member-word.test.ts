import { expect, it } from 'vitest';
import { readMemberWord } from './member-word.ts';

it.each([
  ['openai/gpt-5', 'openai/gpt-5', 1],
  ['openai/gpt-5:3', 'openai/gpt-5', 3],
  ['team:20', 'team', 20],
  ['ollama/llama3:8b', 'ollama/llama3:8b', 1],
  ['openrouter/x:free', 'openrouter/x:free', 1],
  ['openrouter/x:free:2', 'openrouter/x:free', 2],
  ['http://localhost:8000/v1#m', 'http://localhost:8000/v1#m', 1],
  ['http://localhost:8000/v1#m:5', 'http://localhost:8000/v1#m', 5],
  [' a/b:2 ', 'a/b', 2],
])('reads %s', (word, model, count) => {
  expect(readMemberWord(word)).toEqual({ value: { model, count } });
});

it.each([
  ['ollama/llama3:70', /ends in :70.*count: 1/],
  ['a/b:0', /ends in :0/],
  ['a/b:21', /1 to 20/],
  [`a/b:${'9'.repeat(500)}`, /1 to 20/],
  [':3', /names no model/],
  ['  ', /must be a model/],
])('refuses %s', (word, problem) => {
  expect(readMemberWord(word)).toEqual({ problem: expect.stringMatching(problem) });
});
