import { describe, expect, it } from 'vitest';
import { failedAnswer, someAnswer } from '../../test/support/some-answer.ts';
import type { Answer } from '../core/answer.ts';
import type { Message } from '../core/message.ts';
import type { Model } from '../core/model.ts';
import { askUntilRead } from './ask-until-read.ts';

const MODEL = { reference: 'm' } as Model;

function askingFor(...answers: readonly (string | Answer)[]) {
  const calls: { name: string; messages: readonly Message[] }[] = [];
  const result = askUntilRead(
    async (name, _, { messages }) => {
      calls.push({ name, messages });
      const answer = answers[calls.length - 1]!;
      return typeof answer === 'string' ? someAnswer({ name }, { texts: [answer] }) : answer;
    },
    {
      name: 'verdict',
      model: MODEL,
      question: { messages: [{ role: 'user', content: 'q' }] },
      read: (reply) => (reply === 'good' ? { value: 1 } : { mistake: `is ${reply}` }),
      again: (mistake) => `It ${mistake}.`,
    },
  );
  return result.then((read) => ({ read, calls }));
}

describe('a question whose reply must be readable', () => {
  it('is asked once where it can be read', async () => {
    const { read, calls } = await askingFor('good');
    expect(read).toEqual({ text: 'good', read: { value: 1 }, asked: 1, degraded: null });
    expect(calls.map(({ name }) => name)).toEqual(['verdict']);
  });

  it('is asked once more in the same conversation, which names the mistake', async () => {
    const { read, calls } = await askingFor('bad', 'good');
    expect(read).toEqual({ text: 'good', read: { value: 1 }, asked: 2, degraded: null });
    expect(calls[1]).toEqual({
      name: 'verdict/again',
      messages: [
        { role: 'user', content: 'q' },
        { role: 'assistant', content: 'bad' },
        { role: 'user', content: 'It is bad.' },
      ],
    });
  });

  it('is asked no third time', async () => {
    const { read, calls } = await askingFor('bad', 'worse');
    expect(read).toEqual({
      text: 'worse',
      read: { mistake: 'is worse' },
      asked: 2,
      degraded: null,
    });
    expect(calls).toHaveLength(2);
  });

  it('fails with the call that failed', async () => {
    await expect(askingFor(failedAnswer())).rejects.toThrow('The server answered 500');
    await expect(askingFor('bad', failedAnswer())).rejects.toThrow('The server answered 500');
  });
});
