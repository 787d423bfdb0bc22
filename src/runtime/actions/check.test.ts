import { expect, test } from 'vitest';
import { sampleEngine } from '../../../test/support/sample-engine.ts';
import { check } from './check.ts';

test('lists lines, models and suspicions of every file in the order of lines', async () => {
  const engine = sampleEngine();
  const bad = engine.write('bad.jsonl', [
    { prompt: 'a', model: 'nobody/x' },
    { prompt: 1, model: 'sim/quick' },
    { prompt: 'a', model: 'anthropic/c' },
    { prompt: 'a', model: 'sim/quick', paramaters: {} },
  ]);
  const good = engine.write('good.jsonl', [{ prompt: 'a', model: 'sim/quick' }]);
  const empty = engine.write('empty.jsonl', '');
  const checked = await check(engine.context, [bad, good, empty]);
  expect(checked.map(({ file, rows, total }) => [file, rows, total])).toEqual([
    [bad, 1, 4],
    [good, 1, 0],
    [empty, 0, 1],
  ]);
  expect(checked[0]!.problems.map(({ line, severity }) => `${line} ${severity}`)).toEqual([
    '1 error',
    '2 error',
    '3 error',
    '4 warning',
  ]);
  expect(checked[0]!.problems[2]!.message).toMatch(/ANTHROPIC_API_KEY\S*$/);
});

test('tells what an API cannot be told, at the prompt, with what it takes', async () => {
  const engine = sampleEngine();
  const later = [
    { role: 'user', content: 'One?' },
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'Two?' },
  ];
  const open = [
    { role: 'user', content: 'One?' },
    { role: 'assistant', content: 'It is ' },
  ];
  const file = engine.write('e.jsonl', [
    { prompt: later, model: 'sim/careful' },
    { prompt: open, model: 'sim/careful' },
    { prompt: ['One?', 'Two?'], model: 'sim/quick', mode: 'completion' },
    { prompt: [later[0], { role: 'assistant', content: 'It is' }], model: 'sim/careful' },
    { prompt: later, model: 'sim/quick' },
    { prompt: 'Once', model: 'sim/quick', mode: 'completion' },
  ]);
  const [checked] = await check(engine.context, [file]);
  expect(checked).toMatchObject({ rows: 3, total: 3 });
  expect(
    checked!.problems.map(({ line, column, message, hint }) => [line, column, message, hint]),
  ).toEqual([
    [
      1,
      2,
      'message 2 is a system message after the conversation has begun, which Anthropic cannot be told',
      'Anthropic takes system messages in front of the conversation only.',
    ],
    [
      2,
      2,
      "the last message is the assistant's and ends in white space, which Anthropic cannot be told",
      'Anthropic goes on with a last message of the assistant: let it end in a word, or leave it out.',
    ],
    [
      3,
      2,
      'a completion cannot be told 2 messages',
      'It takes one text; ask with mode: chat, or write the conversation as one text.',
    ],
  ]);
});
