import { describe, expect, test } from 'vitest';
import type { AskedMessage } from '../protocols/protocol.ts';
import { rehearsedAnswer } from './rehearsed-answer.ts';

function answer(prompt: string, before: readonly AskedMessage[] = [], rightShare = 1): string {
  const messages = [...before, { role: 'user', text: prompt } as const];
  return rehearsedAnswer(
    {
      protocol: 'openai-chat',
      model: 'm',
      messages,
      prompt,
      choices: 1,
      stream: false,
      includeUsage: false,
      maxTokens: null,
    },
    rightShare,
  );
}

describe('the rehearsal', () => {
  test.each([
    ['What is 17 * 23?', '391'],
    ['what is 17 times 23, please', '391'],
    ['Compute 7 − 10.', '-3'],
    ['(2 + 3) * (4 - 1) = ?', '15'],
    ['What is 10 / 4?', '2.5'],
    ['Subtract 5 from 12.', '7'],
    ['How much is 12 squared?', '144'],
    ['I have 3 apples. What is 12 x 12?', '144'],
    ['Reverse the word stone', 'enots'],
    ["What's 'stone' spelled backwards?", 'enots'],
    ['How many times does the letter s occur in the word mississippi?', '4'],
    ["In one word: what's the capital of France, if you know it?", 'Paris'],
    ['Which city is the CAPITAL of new-found Japan?', 'Tokyo'],
    ['Who is the author of War and Peace?', 'Tolstoy'],
  ])('answers %j with %j', (prompt, right) => {
    expect(answer(prompt)).toBe(right);
  });

  test('says of any other prompt what it is, and how it began', () => {
    const told = answer(`Tell me a story about\u001b[31m a fox ${'and a hare '.repeat(50)}`);
    expect(told).toContain('simulated model');
    expect(told).toContain('Tell me a story about\\x1b[31m a fox');
    expect(told.length).toBeLessThan(200);
  });

  test('does not compute what has no value', () => {
    expect(answer('What is 5 / 0?')).toContain('simulated model');
    expect(answer('Is 3 + an apple 4?')).toContain('simulated model');
  });

  test('answers a follow-up from the answer before', () => {
    const before = [
      { role: 'user', text: 'What is 17 * 23?' },
      { role: 'assistant', text: '391' },
    ] as const;
    expect(answer('Add 5 to that.', before)).toBe('396');
    expect(answer('Now multiply it by 2.', before)).toBe('782');
    const city = [{ role: 'assistant', text: 'Paris' }] as const;
    expect(answer('Write that in uppercase.', city)).toBe('PARIS');
  });

  test('gives a model the same answer to the same prompt, right as often as its share says', () => {
    const prompts = Array.from({ length: 400 }, (_, index) => `What is ${index} + 1?`);
    const given = prompts.map((prompt) => answer(prompt, [], 0.7));
    expect(prompts.map((prompt) => answer(prompt, [], 0.7))).toEqual(given);
    const right = given.filter((text, index) => text === String(index + 1)).length;
    expect(right / 400).toBeCloseTo(0.7, 1);
  });

  test('searches a huge prompt in no time', () => {
    const startedMs = performance.now();
    expect(answer(`${'1 + ('.repeat(1_000_000)} What is 2 + 2?`)).toBe('4');
    expect(answer('"'.repeat(1_000_000))).toContain('simulated model');
    expect(performance.now() - startedMs).toBeLessThan(2000);
  });
});
