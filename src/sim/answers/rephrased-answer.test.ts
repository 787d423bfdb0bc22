import { expect, it } from 'vitest';
import type { Asked } from '../protocols/protocol.ts';
import { rehearsedAnswer } from './rehearsed-answer.ts';
import { rephrasedAnswer } from './rephrased-answer.ts';

const KEY = '0123456789abcdef';
const TASK = 'Rephrase the following prompt: keep its task.\n\nWhat is\n\n17 * 23?';

function asked(prompt: string): Asked {
  const usual = { choices: 1, stream: false, includeUsage: false, maxTokens: null };
  const messages = [{ role: 'user', text: prompt }] as const;
  return { ...usual, protocol: 'openai-chat', model: 'm', messages, prompt };
}

it('gives a list of as many different texts as are wanted, with the prompt in each', () => {
  const form = `Give 3 different texts. End your reply with:\n<list key="${KEY}">[T, …]</list>`;
  const reply = rephrasedAnswer(asked(`${TASK}\n\n${form}`))!;
  const list = new RegExp(`^<list key="${KEY}">(.*)</list>$`, 's').exec(reply)?.[1] ?? '';
  const texts: string[] = JSON.parse(list);
  expect(new Set(texts).size).toBe(3);
  expect(texts.every((text) => text.endsWith(': What is\n\n17 * 23?'))).toBe(true);
});

it('gives a translation with its language where that is wanted, and rephrases by the usual words', () => {
  const form = `End your reply with JSON:\n<translation key="${KEY}">{"from": L, "text": T}</translation>`;
  expect(rephrasedAnswer(asked(`Into German.\n\nWhat is 2 + 2?\n\n${form}`))).toBe(
    `<translation key="${KEY}">{"from":"English","text":"What is 2 + 2?"}</translation>`,
  );
  expect(rehearsedAnswer(asked(TASK), 1)).toBe('Put differently: What is\n\n17 * 23?');
});

it('gives texts that it can answer as it answers the prompt, and leaves all else to others', () => {
  const prompt = 'What is the capital of France?';
  const other = rephrasedAnswer(asked(`Rephrase the following prompt.\n\n${prompt}`))!;
  expect([rehearsedAnswer(asked(other), 1), rehearsedAnswer(asked(prompt), 1)]).toEqual([
    'Paris',
    'Paris',
  ]);
  expect(rephrasedAnswer(asked(prompt))).toBeUndefined();
});
