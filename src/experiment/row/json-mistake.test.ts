import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonMistakeIndex } from './json-mistake.ts';

describe('jsonMistakeIndex', () => {
  it.each([
    ['{"a": }', 6],
    ['{"a": 1,}', 8],
    ['{"a" 1}', 5],
    ["{'a': 1}", 1],
    ['{"a": 1} x', 9],
    ['[1, 2', 5],
    ['[1 2]', 3],
    ['{"a": [1}', 8],
    ['{"a": "x', 6],
    ['{"a": 01}', 7],
    ['{"a": tru}', 6],
    ['', 0],
    ['{a: 1}', 1],
    ['{"a": "tab\there"}', 6],
  ])('finds the mistake in %s', (text, index) => {
    expect(() => JSON.parse(text)).toThrow();
    expect(jsonMistakeIndex(text)).toBe(index);
  });

  it('finds the mistake behind or in a string of 50 million characters', () => {
    const long = 'x'.repeat(50_000_000);
    expect(jsonMistakeIndex(`{"a":"${long}"`)).toBe(50_000_007);
    expect(jsonMistakeIndex(`{"a":"${long}`)).toBe(5);
  });

  it('reads any JSON to its end, and stops inside a text that was cut short', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(jsonMistakeIndex(text)).toBe(text.length);
        expect(jsonMistakeIndex(`${text}]`)).toBe(text.length);
      }),
    );
  });
});
