import { expect, it } from 'vitest';
import { behindThinking } from './behind-thinking.ts';

it.each([
  ['Paris', 'Paris'],
  ['<think>Rome? No.</think>Paris', 'Paris'],
  ['\n<think>\nRome?\n</think>\n\nParis\n', 'Paris\n'],
  ['<Thinking>Rome?</Thinking> Paris', 'Paris'],
  ['Rome? No.\n</think>\n\nParis', 'Paris'],
  ['<think>Rome? No, it', ''],
  ['<think></think>', ''],
  ['The tag </think> ends it.', 'The tag </think> ends it.'],
  ['Write `<think>` first.', 'Write `<think>` first.'],
  ['<think>a</think>The tag </think> ends it.', 'The tag </think> ends it.'],
  ['', ''],
])('of %j the answer is %j', (text, answer) => {
  expect(behindThinking(text)).toBe(answer);
});
