import { expect, it } from 'vitest';
import { cutText } from './cut-text.ts';

it.each([
  ['abc', 3, 'abc'],
  ['abcd', 3, 'abc'],
  ['ab🦜', 3, 'ab'],
  ['a🦜b', 3, 'a🦜'],
  ['🦜', 0, ''],
  ['🦜', 1, ''],
  ['a\ud83eb', 2, 'a\ud83e'],
])('cuts %j to %d', (text, most, cut) => {
  expect(cutText(text, most)).toBe(cut);
});
