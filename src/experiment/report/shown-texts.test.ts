import { describe, expect, it } from 'vitest';
import { answerTexts, promptTexts, shownText } from './shown-texts.ts';

const pairs = (texts: readonly { label: string | null; text: string }[]) =>
  texts.map(({ label, text }) => [label, text]);

describe('promptTexts', () => {
  it.each([
    ['hi', [[null, 'hi']]],
    [
      ['a', 'b'],
      [
        ['turn 1', 'a'],
        ['turn 2', 'b'],
      ],
    ],
    [
      [
        { role: 'system', content: 's' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'look' },
            { type: 'image_url', image_url: {} },
          ],
        },
      ],
      [
        ['system', 's'],
        ['user', 'look\n[image_url]'],
      ],
    ],
    [
      [{ role: 'system', content: 's' }, 'a', 'b'],
      [
        ['system', 's'],
        ['turn 1', 'a'],
        ['turn 2', 'b'],
      ],
    ],
    [{ any: 1 }, [[null, '{"any":1}']]],
    [undefined, [[null, '']]],
    [
      [null, 3, [1]],
      [
        ['turn 1', ''],
        ['turn 2', '3'],
        ['turn 3', '[1]'],
      ],
    ],
  ])('names the parts of %j', (prompt, texts) => {
    expect(pairs(promptTexts(prompt as never))).toEqual(texts);
  });
});

describe('answerTexts', () => {
  const row = (response: unknown, answer: object | null = null, prompt: unknown = 'p') =>
    ({ input: { prompt }, response, answer }) as never;

  it.each([
    ['hi', 1, [[null, 'hi']]],
    [null, 1, []],
    [
      ['a', null],
      1,
      [
        ['completion 1', 'a'],
        ['completion 2', ''],
      ],
    ],
    [
      ['a', 'b'],
      2,
      [
        ['turn 1', 'a'],
        ['turn 2', 'b'],
      ],
    ],
    [
      [['a', 'b'], ['c']],
      2,
      [
        ['completion 1, turn 1', 'a'],
        ['completion 1, turn 2', 'b'],
        ['completion 2, turn 1', 'c'],
      ],
    ],
    [{ k: [1] }, 1, [[null, '{"k":[1]}']]],
  ])('names the parts of %j', (response, turns, texts) => {
    const prompt = new Array<string>(turns).fill('p');
    expect(pairs(answerTexts(row(response, null, prompt), null))).toEqual(texts);
  });

  it('tells turns behind a system message from completions of one call', () => {
    const system = { role: 'system', content: 's' };
    const labels = (prompt: unknown) =>
      answerTexts(row(['x', 'y'], null, prompt), null).map(({ label }) => label);
    expect(labels([system, 'a', 'b'])).toEqual(['turn 1', 'turn 2']);
    expect(labels([system, { role: 'user', content: 'a' }])).toEqual([
      'completion 1',
      'completion 2',
    ]);
  });

  it('has what came before a failure, calls of tools and what was thought aloud', () => {
    const choices = [{ tool_calls: [{ name: 'find', arguments: '{"q":1}' }], reasoning: 'hm' }];
    expect(pairs(answerTexts(row('', { choices }), 'so far'))).toEqual([
      [null, ''],
      ['came before the failure', 'so far'],
      ['tool call find', '{"q":1}'],
      ['reasoning', 'hm'],
    ]);
  });

  it('has few of many texts, says how many are missing, and shares the room among them', () => {
    const texts = answerTexts(row(new Array<string>(1000).fill('x'.repeat(20_000))), null);
    expect(texts).toHaveLength(20);
    expect(texts.at(-1)).toEqual({ label: '981 more, left out', text: '', left: 0 });
    expect(texts.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThanOrEqual(20_000);
    expect(texts.slice(0, -1).every(({ text, left }) => text.length + left === 20_000)).toBe(true);
  });
});

describe('shownText', () => {
  it('says how much it leaves out', () => {
    expect(shownText('a', 'x'.repeat(10_500))).toMatchObject({
      text: 'x'.repeat(10_000),
      left: 500,
    });
  });
});
